import { type listPanels as declared, stateOf } from '#contract/flows'
import { isAtOrBelow, rangeOf, type UnitKind, unitKinds } from '#contract/organisations'
import type { AnswerOf, QueryOf } from '#contract/platform'
import { type Actor, type Db, sql } from '#server/platform'
import { asParticipant, panelSeatsOf } from './desks.ts'
import type { Engine } from './engine.ts'
import { panelRuleAt } from './panel-rule.ts'
import type { PanelState, Procedure } from './procedure.ts'

type Answer = AnswerOf<typeof declared>
type Line = Answer['panels'][number]
type Waiting = Answer['waiting'][number]

interface Row extends Omit<Line, 'title' | 'isMember' | 'cases' | 'decided'> {
  readonly unitPath: string
}

const readPanels = (db: Db, flow: string | undefined): Promise<Row[]> =>
  db.rows<Row>(sql`select p.id, p.label, u.name as "unitName", p.unit_path as "unitPath", p.flow, p.convened_at as "convenedAt", p.closed_at as "closedAt"
    from flow_panels p join units u on u.id = p.unit_id
    where ${flow ?? null}::text is null or p.flow = ${flow ?? null} order by p.convened_at desc, p.id limit 100`)

const readCounts = async (db: Db, ids: readonly string[]) => {
  const rows = await db.rows<{
    id: string
    cases: number
    decided: number
  }>(sql`select panel_id as id, count(*)::int as cases,
      count(result)::int as decided from flow_panel_cases where panel_id = any(${ids}::uuid[]) group by 1`)
  return new Map(rows.map((row) => [row.id, row]))
}

interface WaitingRow {
  readonly unitId: string
  readonly unitName: string
  readonly schoolId: string
  readonly schoolName: string
  readonly place: string
  readonly schoolPath: string
  readonly schoolKind: UnitKind
  readonly cases: number
}

interface Above {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly kind: UnitKind
}

// Units at which this person holds a post that convenes.
const readAbove = (db: Db, { posts }: Actor, by: readonly string[]): Promise<Above[]> => {
  const paths = posts.filter(({ post }) => by.includes(post)).map(({ unitPath }) => unitPath)
  return db.rows<Above>(sql`select id, name, path, kind from units where path = any(${paths}::text[])`)
}

// The nearest unit above the school that the pack lets it sit together with.
const jointAt = (above: readonly Above[], schoolPath: string, joins: readonly UnitKind[]): Waiting['joint'] => {
  const [nearest] = above
    .filter(({ path, kind }) => path !== schoolPath && isAtOrBelow(schoolPath, path) && joins.includes(kind))
    .sort((one, other) => other.path.length - one.path.length)
  return nearest ? { unitId: nearest.id, unitName: nearest.name } : null
}

// Cases are counted as the person: who does not see them does not learn that they wait.
const readWaiting = async (
  db: Db,
  engine: Engine,
  me: Actor,
  procedure: Procedure,
  panel: PanelState,
): Promise<Waiting[]> => {
  const { flow } = procedure
  const by: readonly string[] = panel.by
  const paths = me.posts.filter(({ post }) => by.includes(post)).map(({ unitPath }) => rangeOf(unitPath))
  if (paths.length === 0) return []
  const rows =
    await db.rows<WaitingRow>(sql`select u.id as "unitId", u.name as "unitName", c.school_id as "schoolId", s.name as "schoolName", min(c.place) as place, s.path as "schoolPath", s.kind as "schoolKind", count(*)::int as cases
    from flow_cases c join units s on s.id = c.school_id join units u on u.path = case when ${panel.over === 'school'} then s.path else c.place end
    where c.flow = ${flow.id} and c.state = ${panel.state} and c.panel_id is null
      and exists (select from jsonb_to_recordset(${JSON.stringify(paths)}::jsonb) as r (lo text, hi text) where c.place >= r.lo collate "C" and c.place < r.hi collate "C")
    group by 1, 2, 3, 4, 6, 7 order by 4, 2 limit 200`)
  const above = await readAbove(db, me, by)
  return rows.map(({ place, schoolPath, schoolKind, ...row }) => {
    const rule = panelRuleAt(engine, procedure, panel, place, schoolKind)
    return {
      ...row,
      flow: flow.id,
      state: panel.state,
      stateLabel: stateOf(flow, panel.state)?.label ?? '',
      title: flow.neutralLabel,
      sides: [...(rule?.sides ?? [])],
      least: rule?.least ?? 0,
      joins: (rule?.joins ?? []).map((kind) => unitKinds[kind].label),
      mayAlone: me.posts.some(({ post, unitPath }) => by.includes(post) && isAtOrBelow(unitPath, schoolPath)),
      joint: jointAt(above, schoolPath, rule?.joins ?? []),
    }
  })
}

/** Sittings a person is a member of or may keep, newest first, and units of theirs where cases wait for one. [C19] */
export const listPanels = async (engine: Engine, actor: Actor, { flow }: QueryOf<typeof declared>): Promise<Answer> => {
  const { me, rows, waiting } = await asParticipant(engine.services.door, actor, async (db, person) => {
    const found = await readPanels(db, flow)
    const mine: Waiting[] = []
    for (const procedure of engine.procedures)
      for (const panel of procedure.panels ?? [])
        if (flow === undefined || procedure.flow.id === flow)
          mine.push(...(await readWaiting(db, engine, person, procedure, panel)))
    return { me: person, rows: found, waiting: mine }
  })
  const ids = rows.map(({ id }) => id)
  const counts = await engine.services.door.asJob('importer', (db) => readCounts(db, ids))
  const { panels } = panelSeatsOf(me)
  return {
    panels: rows.map(({ unitPath: _, ...row }) => ({
      ...row,
      title: engine.procedureOf(row.flow).flow.neutralLabel,
      isMember: panels.includes(row.id),
      cases: counts.get(row.id)?.cases ?? 0,
      decided: counts.get(row.id)?.decided ?? 0,
    })),
    waiting,
  }
}

import { type convenePanel as declared, whyNotConvene } from '#contract/flows'
import { isAtOrBelow, type UnitKind } from '#contract/organisations'
import { postsOver } from '#contract/people'
import { type AnswerOf, type BodyOf, forbidden, notFound, Refusal } from '#contract/platform'
import type { PanelRule } from '#contract/policies'
import { secrecyDomains } from '#contract/students'
import { sendMessage } from '#server/messages'
import { type Actor, audit, type Db, sql } from '#server/platform'
import type { Engine } from './engine.ts'
import { findAsides, writeAsides } from './panel-asides.ts'
import { panelIn, panelRuleAt } from './panel-rule.ts'
import type { PanelState, Procedure } from './procedure.ts'

type Wish = BodyOf<typeof declared>

interface Place {
  readonly id: string
  readonly path: string
  readonly schoolId: string | null
  readonly schoolKind: UnitKind | null
}

const readPlaces = (db: Db, ids: readonly string[]): Promise<Place[]> =>
  db.rows<Place>(sql`select u.id, u.path, u.school_id as "schoolId", s.kind as "schoolKind"
    from units u left join units s on s.id = u.school_id where u.id = any(${ids}::uuid[])`)

/** Refuses whoever holds no post over the unit that may keep its panels. */
export const insistKeeps = (me: Actor, panel: PanelState, path: string): void => {
  const posts: readonly string[] = panel.by
  if (!postsOver(me.posts, path).some((post) => posts.includes(post)))
    throw forbidden('flows.panel-not-yours', '评议由班主任、辅导员或学校负责人组织。')
}

// One rule for all units judged; a panel of units with different rules would have no quorum of its own.
const ruleFor = (
  engine: Engine,
  procedure: Procedure,
  panel: PanelState,
  units: readonly Place[],
): PanelRule | undefined => {
  const rules = units.map(({ path, schoolKind }) =>
    schoolKind ? panelRuleAt(engine, procedure, panel, path, schoolKind) : undefined,
  )
  return rules.every((rule) => rule !== undefined) ? rules[0] : undefined
}

// Members are who they are on file: staff of the place, guardians and students of the units judged.
const insistMembers = async (
  db: Db,
  wish: Wish,
  top: string,
  units: readonly Place[],
  today: string,
): Promise<void> => {
  const named = wish.members.filter(({ personId }) => personId !== null)
  const seats = new Set(wish.members.map(({ seat }) => seat))
  const people = new Set(named.map(({ personId }) => personId))
  if (seats.size < wish.members.length || people.size < named.length)
    throw new Refusal('flows.panel-twice', '同一个人不能占两个席位。', 'invalid')
  const found = await db.rows<{ seat: string }>(sql`select m.seat
    from jsonb_to_recordset(${JSON.stringify(named)}::jsonb) as m (seat uuid, "personId" uuid, side text)
    where (m.side in ('teacher', 'leader', 'community') and exists (select from appointments a where a.person_id = m."personId"
        and a.from_date <= ${today}::date and (a.until_date is null or a.until_date > ${today}::date)
        and (left(a.scope, length(${top})) = ${top} or left(${top}, length(a.scope)) = a.scope)))
      or (m.side in ('parent', 'student') and exists (select from family_members f join family_links l on l.person_id = f.id
        where f.id = m."personId" and f.kind = case m.side when 'parent' then 'guardian' else 'student' end
          and exists (select from unnest(${units.map(({ path }) => path)}::text[]) p where left(l.scope, length(p)) = p)))`)
  if (found.length < named.length) throw notFound()
}

const seatMembers = async (db: Db, wish: Wish): Promise<void> => {
  const rows = wish.members.map((member, place) => ({ ...member, place }))
  await db.change(sql`insert into flow_panel_members (panel_id, seat, person_id, name, side, chair, place)
    select ${wish.id}, m.seat, m."personId", coalesce(p.name, f.name, m.name), m.side, m.chair, m.place
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m (seat uuid, "personId" uuid, name text, side text, chair boolean, place smallint)
      left join people p on p.id = m."personId" left join family_members f on f.id = m."personId"`)
}

const takeCases = async (db: Db, wish: Wish, state: string, units: readonly Place[]): Promise<number> => {
  const taken = await db.rows<{ id: string; schoolId: string }>(sql`update flow_cases c set panel_id = ${wish.id}
    where c.flow = ${wish.flow} and c.state = ${state} and c.panel_id is null
      and c.school_id = any(${units.flatMap(({ schoolId }) => schoolId ?? [])}::uuid[])
      and exists (select from unnest(${units.map(({ path }) => path)}::text[]) p where left(c.place, length(p)) = p)
    returning c.id, c.school_id as "schoolId"`)
  const rows = taken.map((one, index) => ({ ...one, number: index + 1 }))
  await db.change(sql`insert into flow_panel_cases (school_id, panel_id, case_id, number)
    select "schoolId", ${wish.id}, id, number from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t ("schoolId" uuid, id uuid, number smallint)`)
  return taken.length
}

const tellMember = (db: Db, personId: string, title: string, panelId: string): Promise<void> =>
  sendMessage(db, {
    to: { personId },
    kind: 'work.waiting',
    params: { case: title, step: '评议' },
    link: `/flows/panels/${panelId}`,
  })

/**
 * Makes up a panel and lays before it the cases that wait for one in its units; whoever must stand aside is found and shut
 * out at once. The same id sent twice convenes once. [C19]
 * Refuses `flows.panel-*` (see `whyNotConvene`), `flows.panel-no-cases`, not-found.
 */
export const convenePanel = async (engine: Engine, actor: Actor, wish: Wish): Promise<AnswerOf<typeof declared>> => {
  const procedure = engine.procedureOf(wish.flow)
  const panel = wish.state === undefined ? procedure.panels?.[0] : panelIn(procedure, wish.state)
  if (!panel) throw new Refusal('flows.panel-none', '这种事项不设评议组。', 'invalid')
  const today = engine.services.today()
  const { me, top, units } = await engine.services.door.asActor(actor, async (db, person) => {
    const places = await readPlaces(db, [...new Set([wish.unitId, ...wish.units])])
    const at = places.find(({ id }) => id === wish.unitId)
    const judged = wish.units.length > 0 ? places.filter(({ id }) => wish.units.includes(id)) : places
    if (!at || judged.length < Math.max(new Set(wish.units).size, 1)) throw notFound()
    if (judged.some(({ path }) => !isAtOrBelow(path, at.path))) throw notFound()
    return { me: person, top: at, units: judged }
  })
  insistKeeps(me, panel, top.path)
  const rule = ruleFor(engine, procedure, panel, units)
  const isJoint = units.some(({ schoolId }) => schoolId !== top.schoolId)
  const refusal = whyNotConvene(rule, wish.members, isJoint)
  if (refusal || !rule) throw refusal ?? notFound()
  return engine.services.door.asJob('importer', async (db) => {
    const known = await db.first<{
      cases: number
    }>(sql`select (select count(*)::int from flow_panel_cases where panel_id = p.id) as cases
      from flow_panels p where p.id = ${wish.id} and p.convened_by = ${me.personId}`)
    if (known) return { id: wish.id, cases: known.cases }
    await insistMembers(db, wish, top.path, units, today)
    await db.change(sql`insert into flow_panels (id, flow, state, secrecy, unit_id, unit_path, label, least, share, convened_by, convened_by_name, convened_at)
      values (${wish.id}, ${wish.flow}, ${panel.state}, ${secrecyDomains[procedure.flow.domain].code}, ${top.id}, ${top.path}, ${procedure.flow.neutralLabel}, ${rule.least}, ${rule.share},
        ${me.personId}, ${me.name}, ${engine.now()})`)
    await seatMembers(db, wish)
    const cases = await takeCases(db, wish, panel.state, units)
    if (cases === 0) throw new Refusal('flows.panel-no-cases', '所列单位现在没有等待评议的事项。')
    await writeAsides(db, wish.id, await findAsides(db, wish.id, wish.members, rule.asides, today))
    for (const personId of wish.members.flatMap((member) => member.personId ?? []))
      if (personId !== me.personId) await tellMember(db, personId, procedure.flow.neutralLabel, wish.id)
    await audit(db, {
      actorId: me.personId,
      action: 'flows.convene-panel',
      outcome: 'done',
      scope: top.path,
      subject: wish.id,
      detail: { flow: wish.flow, seats: wish.members.length, cases },
    })
    return { id: wish.id, cases }
  })
}

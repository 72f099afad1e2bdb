import { type getPanel as declared, neededOf, panelResult, tallyOf } from '#contract/flows'
import { type AnswerOf, notFound, type ParamsOf } from '#contract/platform'
import { type Actor, audit, type Db, sql } from '#server/platform'
import { readContent } from './content.ts'
import type { Engine } from './engine.ts'
import { findCases } from './find-case.ts'
import { findPanel, stateOfPanel } from './find-panel.ts'
import { asideOf, type Judged, type Panel, readAsides, readBallots, readJudged, readSeats } from './panel-held.ts'

type Answer = AnswerOf<typeof declared>
type Line = Answer['cases'][number]

interface Named {
  readonly caseId: string
  readonly studentName: string | null
  readonly className: string | null
}

const readNames = async (db: Db, judged: readonly Judged[]): Promise<ReadonlyMap<string, Named>> => {
  const rows = await db.rows<Named>(sql`select j."caseId", s.name as "studentName", k.name as "className"
    from jsonb_to_recordset(${JSON.stringify(judged)}::jsonb) as j ("schoolId" uuid, "caseId" uuid, "studentId" uuid)
      join students s on s.school_id = j."schoolId" and s.id = j."studentId" left join units k on k.id = s.class_id`)
  return new Map(rows.map((row) => [row.caseId, row]))
}

const adviceOn = async (
  db: Db,
  engine: Engine,
  sitting: Panel,
  { schoolId, caseId }: Judged,
): Promise<Line['advice']> => {
  const [standing] = await findCases(db, schoolId, [caseId])
  if (!standing) return []
  const panel = stateOfPanel(engine, sitting)
  if (!panel?.advice) return []
  const content = await readContent(db, engine.services.secrets, schoolId, caseId)
  return [...panel.advice(content, standing, engine.registry.inForce(standing.place, engine.services.today()).rules)]
}

const readMinutes = async (db: Db, engine: Engine, panel: Panel): Promise<Answer['minutes']> => {
  const row = await db.first<{ sealed: Buffer; sha256: Buffer; closedBy: string }>(sql`select minutes_cipher as sealed,
      minutes_sha256 as sha256, closed_by_name as "closedBy" from flow_panel_minutes where panel_id = ${panel.id}`)
  if (!row) return null
  const { text } = JSON.parse(engine.services.secrets.open(row.sealed)) as { text: string }
  return { text, sha256: row.sha256.toString('hex'), closedBy: row.closedBy }
}

/**
 * One sitting as this person may see it: a member finds the cases they judge, not those they stand aside in, families on a
 * neutral sheet (name and class, no papers, no advice); whoever keeps it sees who stands aside. Nobody sees who voted for
 * what. [C19] Refuses not-found.
 */
export const getPanel = async (
  engine: Engine,
  actor: Actor,
  { panelId }: ParamsOf<typeof declared>,
): Promise<Answer> => {
  const { me, panel, keeps } = await findPanel(engine, actor, panelId)
  const procedure = engine.procedureOf(panel.flow)
  const isStaff = !me.settings.family
  return engine.services.door.asJob('importer', async (db) => {
    const [seats, asides, ballots, judged] = await Promise.all([
      readSeats(db, panelId),
      readAsides(db, panelId),
      readBallots(db, panelId),
      readJudged(db, panelId),
    ])
    const mine = seats.find(({ personId }) => personId === me.personId)
    if (!mine && !keeps) throw notFound()
    const shown = judged.filter(({ caseId }) => !mine || !asideOf(asides, caseId).has(mine.seat))
    const names = await readNames(db, shown)
    const cases: Line[] = []
    for (const one of shown) {
      const aside = asideOf(asides, one.caseId)
      const cast = ballots.get(one.caseId) ?? []
      const result = panelResult(seats, aside, cast, panel)
      const { votes, abstained } = tallyOf(cast)
      const everybody = result.kind === 'agreed' || result.kind === 'tied'
      cases.push({
        schoolId: one.schoolId,
        caseId: one.caseId,
        number: one.number,
        studentName: names.get(one.caseId)?.studentName ?? null,
        className: names.get(one.caseId)?.className ?? null,
        opensPapers: isStaff && !panel.closedAt,
        advice: isStaff ? await adviceOn(db, engine, panel, one) : [],
        voted: cast.length,
        due: seats.filter(({ seat, present }) => present && !aside.has(seat)).length,
        aside: keeps ? [...aside] : [],
        hasVoted: cast.some(({ seat }) => seat === mine?.seat),
        votedSeats: keeps ? cast.map(({ seat }) => seat) : [],
        result: result.kind,
        choice: one.result ?? (result.kind === 'agreed' ? result.choice : one.tiedChoice),
        between: result.kind === 'tied' ? [...result.between] : [],
        votes: everybody
          ? [...[...votes].map(([choice, count]) => ({ choice, count })), { choice: null, count: abstained }]
          : [],
      })
    }
    await audit(db, {
      actorId: me.personId,
      action: 'flows.get-panel',
      outcome: 'read',
      scope: panel.unitPath,
      subject: panelId,
    })
    return {
      label: panel.label,
      title: procedure.flow.neutralLabel,
      unitName: panel.unitName,
      closedAt: panel.closedAt,
      quorum: { needed: neededOf(panel, seats.length), present: seats.filter(({ present }) => present).length },
      isChair: mine?.chair === true,
      keeps,
      mySeat: mine?.seat ?? null,
      choices: Object.entries(stateOfPanel(engine, panel)?.choices ?? {}).map(([code, label]) => ({
        code: Number(code),
        label,
      })),
      members: seats.map(({ personId: _, ...seat }) => seat),
      cases,
      minutes: keeps && panel.closedAt ? await readMinutes(db, engine, panel) : null,
    }
  })
}

import { whyNotLeave } from '#contract/guards'
import { type AnswerOf, notFound, type ParamsOf } from '#contract/platform'
import { type getApplicationSheet as declared, roundFlow } from '#contract/recognition'
import { asParticipant, type Case, type Engine, findCases } from '#server/flows'
import { type Actor, audit, type Db, sql } from '#server/platform'

type Answer = AnswerOf<typeof declared>

const readAbove = (db: Db, { schoolId, place }: Case): Promise<Answer['above']> =>
  db.rows<Answer['above'][number]>(sql`select kind, name from units
    where school_id = ${schoolId} and left(${place}, length(path)) = path and kind in ('college', 'major', 'grade')
    order by length(path)`)

const readPanel = async (db: Db, { schoolId, id }: Case): Promise<Answer['panel']> => {
  const row = await db.first<
    NonNullable<Answer['panel']>
  >(sql`select j.result as choice, to_char(p.closed_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as "closedOn",
      (select name from flow_panel_members m where m.panel_id = p.id and m.chair) as "chairName",
      count(m.seat)::int as due, (count(m.seat) filter (where m.present))::int as present
    from flow_panel_cases j join flow_panels p on p.id = j.panel_id join flow_panel_members m on m.panel_id = p.id
    where j.school_id = ${schoolId} and j.case_id = ${id} and p.closed_at is not null
      and not exists (select from flow_panel_asides a where a.panel_id = p.id and a.case_id = j.case_id and a.seat = m.seat)
    group by p.id, j.result order by p.closed_at desc limit 1`)
  return row ?? null
}

/**
 * What stands on the printed application beside what the family wrote. Whoever finds the case; a family reads nothing of
 * how it was judged. Each print is on file. [C8 C13 C19] Refuses not-found, `guards.withheld-at-print`.
 */
export const getApplicationSheet = async (
  engine: Engine,
  actor: Actor,
  { schoolId, caseId }: ParamsOf<typeof declared>,
): Promise<Answer> => {
  const { standing, isFamily, student } = await asParticipant(engine.services.door, actor, async (db, me) => {
    const [found] = await findCases(db, schoolId, [caseId])
    if (!found) throw notFound()
    const { publication } = engine.procedureOf(found.flow).flow
    const { rules } = engine.registry.inForce(found.place, engine.services.today())
    const leaving = { list: found.flow, door: 'print', neverPublished: publication === 'never' } as const
    const refusal = whyNotLeave(rules, leaving)
    if (refusal) throw refusal
    if (found.flow !== roundFlow.id) throw notFound()
    await audit(db, {
      actorId: me.personId,
      action: 'recognition.get-application-sheet',
      outcome: 'read',
      scope: found.scope,
      schoolId,
      subject: caseId,
    })
    const row = await db.first<NonNullable<Answer['student']>>(
      sql`select sex, birth_date as "birthDate", number from students where school_id = ${schoolId} and id = ${found.studentId}`,
    )
    return { standing: found, isFamily: Boolean(me.settings.family), student: row ?? null }
  })
  return engine.services.door.asJob('importer', async (db) => ({
    schoolYear: Number(standing.payload.schoolYear),
    term: Number(standing.payload.term),
    above: await readAbove(db, standing),
    student,
    panel: isFamily ? null : await readPanel(db, standing),
  }))
}

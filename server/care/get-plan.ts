import { careListing, careOwners, type getCarePlan as declared } from '#contract/care'
import { type Flow, stateOf } from '#contract/flows'
import { type AnswerOf, notFound, type ParamsOf } from '#contract/platform'
import { concerns } from '#contract/recognition'
import { asParticipant, type Engine } from '#server/flows'
import { type Actor, audit, sql } from '#server/platform'

interface Row {
  readonly since: string
  readonly confirmedBy: string
  readonly concerns: readonly (keyof typeof concerns)[]
  readonly care: Buffer | null
  readonly owner: keyof typeof careOwners | null
  readonly keeper: Buffer | null
  readonly caseId: string
  readonly state: string | null
  readonly dueAt: string | null
  readonly receipt: string | null
}

/**
 * What was confirmed for a student on the key list: the care, who leads it and when a panel looks again. Only for who sees
 * the list over the student; for everybody else there is no plan. Each opening stands in the audit log. Refuses not-found.
 * [G3 G6 G28]
 */
export const getCarePlan = async (
  engine: Engine,
  actor: Actor,
  { schoolId, studentId }: ParamsOf<typeof declared>,
): Promise<AnswerOf<typeof declared>> => {
  const { services } = engine
  const row = await asParticipant(services.door, actor, async (db, me) => {
    const student = await db.first<{ scope: string }>(
      sql`select scope from students where school_id = ${schoolId} and id = ${studentId}`,
    )
    if (!student) throw notFound()
    const found = await db.first<Row>(sql`select l.from_date as since, l.confirmed_by_name as "confirmedBy",
        l.difficulties as concerns, l.care_text_cipher as care, l.owner, l.keeper_cipher as keeper, l.case_id as "caseId",
        c.state, c.due_at as "dueAt", c.payload ->> 'receipt' as receipt
      from key_listings l left join flow_cases c on c.school_id = l.school_id and c.id = l.case_id and c.flow = ${careListing.id}
      where l.school_id = ${schoolId} and l.student_id = ${studentId}
        and (l.until_date is null or l.until_date > ${services.today()}::date)
      order by l.from_date desc limit 1`)
    // Filed whether there is a plan or not: the log says who looked, not whom the list names.
    await audit(db, {
      actorId: me.personId,
      action: 'care.get-plan',
      outcome: 'read',
      scope: student.scope,
      schoolId,
      subject: studentId,
    })
    return found
  })
  if (!row) return { plan: null }
  const { secrets } = services
  const { care, keeper, owner, state, dueAt, caseId, ...told } = row
  return {
    plan: {
      ...told,
      concerns: row.concerns.map((code) => concerns[code]),
      care: care ? secrets.open(care) : null,
      owner: owner === null ? null : careOwners[owner],
      keeper: keeper ? secrets.open(keeper) : null,
      reviewOn: state === 'listed' ? (dueAt?.slice(0, 10) ?? null) : null,
      stateLabel: state === null ? null : (stateOf(careListing as Flow, state)?.label ?? null),
      caseId: state === null ? null : caseId,
    },
  }
}

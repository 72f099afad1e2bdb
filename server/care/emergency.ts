import { uuidv7 } from 'uuidv7'
import { emergencyAid } from '#contract/care'
import type { Flow } from '#contract/flows'
import { Refusal } from '#contract/platform'
import { stepsOf } from '#contract/policies'
import { lastDayOf } from '#contract/recognition'
import { secrecyDomains } from '#contract/students'
import type { Begun, Case, Change, Made, Procedure } from '#server/flows'
import { type Db, sql } from '#server/platform'
import { reclassify } from '#server/policies'
import { writeFact } from '#server/recognition'
import { readDeputies, readOnDuty } from './roster.ts'
import { spend } from './spend.ts'

// Whoever is on duty this hour finds it at once, beside the desk of the post.
const begin = async (
  db: Db,
  { schoolId, content, at }: { schoolId: string; content: Made['content']; at: Date },
): Promise<Begun> => {
  const assigned = await readOnDuty(db, schoolId, at)
  // Kept in a domain that families never see: the home may be what happened. [G33]
  return content.family === 2 ? { assigned, domain: 'protection' } : { assigned }
}

const findStudent = async (db: Db, { case: standing, fields }: Made): Promise<string> => {
  if (standing.studentId) return standing.studentId
  const number = String(fields.number ?? '').trim()
  const found = number
    ? await db.first<{ id: string }>(
        sql`select id from students where school_id = ${standing.schoolId} and number = ${number} and status in (1, 2)`,
      )
    : undefined
  if (found) return found.id
  const reason = number ? '本校没有这个学籍号' : '请填写学籍号'
  throw new Refusal('care.student-unknown', `${reason}。`, 'invalid', [{ field: 'number', reason }])
}

const approversOf = (made: Made): readonly string[] => {
  const rule = findRule(made.registry.inForce(made.case.place, made.today).rules)
  const step = rule && stepsOf(rule).find(({ id }) => id === 'approve')
  return step?.by ?? emergencyAid.states.deciding.desk.filter((role) => role !== 'assigned')
}

// Vacant or absent, the approver's place is taken by the deputy of the roster. [T7 X9]
const verify = async (db: Db, made: Made): Promise<Change> => ({
  studentId: await findStudent(db, made),
  assigned: await readDeputies(db, made.case, approversOf(made), made.at, made.today),
  payload: { ...made.case.payload, asked: made.fields.asked as number },
})

const tellFact = async (db: Db, made: Made, studentId: string): Promise<void> => {
  const { case: standing, today, by, registry, services } = made
  await writeFact(
    db,
    'sudden_hardship',
    {
      schoolId: standing.schoolId,
      secrecy: secrecyDomains.family.code,
      asOf: today,
      validUntil: lastDayOf(today),
      sourceId: null,
      by: by.personId,
    },
    [{ studentId, value: true }],
  )
  const judging = { registry, events: services.events }
  await reclassify(db, judging, {
    schoolIds: [standing.schoolId],
    studentIds: [studentId],
    on: today,
    back: 'importer',
  })
}

const amountOf = ({ fields }: Made): number => {
  const amount = fields.amount as number
  if (amount > 0) return amount
  throw new Refusal('care.no-amount', '金额要大于 0。', 'invalid', [{ field: 'amount', reason: '金额要大于 0' }])
}

// The decision, its money and the fact stand or fall together. What was kept from the family leaves no fact they see.
const grant = async (db: Db, made: Made): Promise<Change> => {
  const amount = amountOf(made)
  const fund = await spend(db, {
    id: uuidv7(),
    case: made.case,
    amount,
    number: made.fields.fund === undefined ? null : (made.fields.fund as number),
    by: made.by,
    at: made.at,
  })
  if (made.case.studentId && !isKeptFromFamily(made.case)) await tellFact(db, made, made.case.studentId)
  return { payload: { ...made.case.payload, amount, fund: fund.name }, assigned: [] }
}

const isKeptFromFamily = ({ secrecy }: Case): boolean => secrecy === secrecyDomains.protection.code

const findRule: NonNullable<Procedure['rule']> = ({ flows }) =>
  flows.find(({ procedure }) => procedure === emergencyAid.id)

/** Emergency aid as a procedure: who is on duty, who stands in, the money and what becomes known of the student. [X9 C11] */
export const emergencyProcedure: Procedure = {
  flow: emergencyAid as Flow,
  about: 'either',
  holdsSchool: true,
  rule: findRule,
  begin,
  follow: { verify, grant },
}

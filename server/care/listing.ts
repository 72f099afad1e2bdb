import { careListing, fewestReviewers, namesIn } from '#contract/care'
import type { Flow } from '#contract/flows'
import { familyOf } from '#contract/people'
import { Refusal } from '#contract/platform'
import { stepsOf } from '#contract/policies'
import { findFlowRule } from '#contract/recognition'
import type { Change, Made, Procedure } from '#server/flows'
import { type Db, sql } from '#server/platform'
import { reclassify } from '#server/policies'
import { endListing, findListing, whyNotYet, writeListing } from '#server/recognition'

interface Key {
  readonly schoolId: string
  readonly studentId: string
}

const keyOf = ({ case: { schoolId, studentId } }: Made): Key => {
  if (!studentId) throw new Error('care is given to a student')
  return { schoolId, studentId }
}

const judgeAnew = (db: Db, made: Made): Promise<unknown> => {
  const { schoolId, studentId } = keyOf(made)
  const judging = { registry: made.registry, events: made.services.events }
  return reclassify(db, judging, { schoolIds: [schoolId], studentIds: [studentId], on: made.today, back: 'importer' })
}

const insistOnMembers = (made: Made): void => {
  if (namesIn(String(made.fields.members ?? '')).length >= fewestReviewers) return
  const reason = `集体评议至少 ${fewestReviewers} 人,请写全姓名`
  throw new Refusal('care.too-few-reviewers', `${reason}。`, 'invalid', [{ field: 'members', reason }])
}

const bothYes = ({ fields }: Made): boolean => fields.necessary === 1 && fields.feasible === 1

// What the review found must be what the move says. [G5]
const review = async (_db: Db, made: Made): Promise<undefined> => {
  insistOnMembers(made)
  if (!bothYes(made))
    throw new Refusal('care.not-both', '评议认为必要且可行,才能送确认;否则请选“不必列入”。', 'invalid')
}

const reviewAgainst = async (_db: Db, made: Made): Promise<undefined> => {
  insistOnMembers(made)
  if (bothYes(made)) throw new Refusal('care.both-yes', '评议认为必要且可行,请选“评议认为必要且可行”。', 'invalid')
}

// Records the pack asks for before the confirmation are asked for here as well. [C5 S10]
const insistOnFirst = async (db: Db, made: Made): Promise<void> => {
  const { schoolId, studentId } = keyOf(made)
  const inForce = made.registry.inForce(made.case.place, made.today)
  const rule = findFlowRule(inForce.rules, 'key-listing')
  const step = rule && stepsOf(rule).find(({ id }) => id === 'confirm')
  const early = await whyNotYet(db, inForce, step, {
    schoolId,
    students: [{ id: studentId, scope: made.case.scope }],
    by: made.by,
    reason: made.reason,
    on: made.today,
  })
  if (early) throw early
}

const list = async (db: Db, made: Made): Promise<Change> => {
  const key = keyOf(made)
  if (await findListing(db, key, made.today))
    throw new Refusal('care.already-listed', '这名学生已经在册,不必重复列入;本次申请请选“不列入”并写明。')
  await writeListing(db, made.services.secrets, {
    ...key,
    id: made.stepId,
    caseId: made.case.id,
    on: made.today,
    concerns: made.fields.concerns as number[],
    care: String(made.fields.care),
    by: made.by,
  })
  await judgeAnew(db, made)
  return { payload: { ...made.case.payload, listedOn: made.today } }
}

const confirm = async (db: Db, made: Made): Promise<Change> => {
  await insistOnFirst(db, made)
  return list(db, made)
}

// A new plan of care stands with the listing; what stood before stays in the steps.
const assess = async (db: Db, made: Made): Promise<Change> => {
  const { schoolId, studentId } = keyOf(made)
  const care = String(made.fields.care ?? '').trim()
  if (care !== '')
    await db.change(sql`update key_listings set care_text_cipher = ${made.services.secrets.seal(care)}
      where school_id = ${schoolId} and student_id = ${studentId} and case_id = ${made.case.id} and until_date is null`)
  return { payload: { ...made.case.payload, progress: made.fields.progress as number, assessedOn: made.today } }
}

const reviewExit = async (_db: Db, made: Made): Promise<undefined> => insistOnMembers(made) as undefined

const exit = async (db: Db, made: Made): Promise<Change> => {
  const key = keyOf(made)
  const listing = await findListing(db, key, made.today)
  if (listing) await endListing(db, key, listing.id, made.today, made.by.personId)
  await judgeAnew(db, made)
  return { payload: { ...made.case.payload, leftOn: made.today } }
}

/** The key list as a procedure: what a confirmation and an exit write, in the same transaction. [G4 G5 G6 G7] */
export const listingProcedure: Procedure = {
  flow: careListing as Flow,
  about: 'student',
  holdsSchool: true,
  rule: (rules) => findFlowRule(rules, 'key-listing'),
  begin: async (_db, { by }) => ({ payload: { askedBy: familyOf(by) ?? 'teacher' } }),
  follow: {
    review,
    'review-against': reviewAgainst,
    confirm,
    assess,
    'review-exit': reviewExit,
    exit,
    relist: list,
  },
}

import { againChoices, careListing, needChoices } from '#contract/care'
import type { Flow } from '#contract/flows'
import { type UnitKind, unitKinds } from '#contract/organisations'
import { familyOf } from '#contract/people'
import { Refusal } from '#contract/platform'
import { type PanelRule, stepsOf } from '#contract/policies'
import { findFlowRule } from '#contract/recognition'
import type { Change, Filled, Made, Procedure } from '#server/flows'
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

/** The panel's choice that the plan of care is to be another. */
const adjusting = 3

const judgeAnew = (db: Db, made: Made): Promise<unknown> => {
  const { schoolId, studentId } = keyOf(made)
  const judging = { registry: made.registry, events: made.services.events }
  return reclassify(db, judging, { schoolIds: [schoolId], studentIds: [studentId], on: made.today, back: 'importer' })
}

// While a panel has it before it, nobody takes it away from there.
const insistNotJudged = async (_db: Db, { case: { panelId } }: Made): Promise<Change> => {
  if (panelId) throw new Refusal('care.being-judged', '评议组正在评议,现在不能撤回或退回。')
  return { panelId: null }
}

const judged = async (_db: Db, made: Made): Promise<Change> => ({
  panelId: null,
  payload: { ...made.case.payload, review: Number(made.fields.choice), reviewedOn: made.today },
})

const judgedAgain = async (_db: Db, made: Made): Promise<Change> => ({
  panelId: null,
  payload: { ...made.case.payload, again: Number(made.fields.choice), lookedAgainOn: made.today },
})

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
    owner: Number(made.fields.owner),
    keeper: String(made.fields.keeper),
    by: made.by,
  })
  await judgeAnew(db, made)
  return { payload: { ...made.case.payload, listedOn: made.today } }
}

const confirm = async (db: Db, made: Made): Promise<Change> => {
  await insistOnFirst(db, made)
  return list(db, made)
}

const acknowledged = async (_db: Db, made: Made): Promise<Change> => ({
  payload: { ...made.case.payload, receipt: String(made.fields.receipt).trim(), receiptOn: made.today },
})

// Only what a panel found is adjusted: nobody changes the plan on their own. What stood before stays in the steps. [G7]
const adjust = async (db: Db, made: Made): Promise<Change> => {
  if (made.case.payload.again !== adjusting)
    throw new Refusal('care.not-reviewed', '关爱内容在评议以后调整,请先“提请评议”。')
  const { schoolId, studentId } = keyOf(made)
  const care = made.services.secrets.seal(String(made.fields.care).trim())
  await db.change(sql`update key_listings set care_text_cipher = ${care}
    where school_id = ${schoolId} and student_id = ${studentId} and case_id = ${made.case.id} and until_date is null`)
  return { payload: { ...made.case.payload, again: null, adjustedOn: made.today } }
}

const exit = async (db: Db, made: Made): Promise<Change> => {
  const key = keyOf(made)
  const listing = await findListing(db, key, made.today)
  if (listing) await endListing(db, key, listing.id, made.today, made.by.personId)
  await judgeAnew(db, made)
  return { payload: { ...made.case.payload, leftOn: made.today } }
}

// What was asked for lies before whoever deliberates.
const asked = (content: Filled) => [
  { label: '事实和理由', words: String(content.facts ?? '') },
  { label: '申请的关爱内容', words: String(content.care ?? '') },
]

/** Who deliberates where the pack does not say: members of the school, at least three. 平台口径 */
const usual: PanelRule = {
  schools: Object.keys(unitKinds) as UnitKind[],
  sides: ['teacher', 'leader', 'community'],
  least: 3,
  share: 67,
  joins: ['primary', 'nine-year', 'county'],
  asides: [],
}

const sitting = {
  step: 'review',
  by: ['school-aid-officer', 'leader-in-charge', 'principal', 'county-aid-officer'],
  usual,
  over: 'school',
} as const

/** The key list as a procedure: panels, and what a confirmation and an exit write, in the same transaction. [G4 G5 G6 G7] */
export const listingProcedure: Procedure = {
  flow: careListing as Flow,
  about: 'student',
  holdsSchool: true,
  rule: (rules) => findFlowRule(rules, 'key-listing'),
  begin: async (_db, { by }) => ({ payload: { askedBy: familyOf(by) ?? 'teacher' } }),
  panels: [
    {
      ...sitting,
      state: 'reviewing',
      choices: needChoices,
      closes: { 1: 'review', 2: 'review-against', 3: 'review-against' },
      advice: asked,
    },
    {
      ...sitting,
      state: 'exit-reviewing',
      choices: againChoices,
      closes: { 1: 'review-exit', 2: 'review-keep', 3: 'review-keep' },
      advice: asked,
    },
  ],
  follow: {
    withdraw: insistNotJudged,
    return: insistNotJudged,
    review: judged,
    'review-against': judged,
    confirm,
    acknowledge: acknowledged,
    adjust,
    'review-exit': judgedAgain,
    'review-keep': judgedAgain,
    exit,
    relist: list,
  },
}

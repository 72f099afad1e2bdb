import { addDays, Refusal } from '#contract/platform'
import { stepsOf } from '#contract/policies'
import { findRoundRule, type HardshipLevel, levelLabels, notRecognised, roundFlow } from '#contract/recognition'
import type { Case, Change, FollowedMany, Made, MadeMany } from '#server/flows'
import { type MessageWish, sendMessages } from '#server/messages'
import { type Db, sql } from '#server/platform'
import { reclassify } from '#server/policies'
import { whyNotYet } from './first-things.ts'
import { writeFact } from './write-decision.ts'
import { endRecognised, writeRecognised } from './write-recognition.ts'

/** Days in which something is to be added. 平台口径 */
const daysToAdd = 10

const familyWish = (made: Pick<Made, 'today' | 'case' | 'stepId'>, kind: FamilyKind, step: string): MessageWish[] => {
  const { schoolId, studentId, secrecy, id, excluded } = made.case
  if (!studentId) return []
  return [
    {
      id: made.stepId,
      to: { guardiansOf: { schoolId, studentId } },
      kind,
      params: { case: roundFlow.neutralLabel, step, by: addDays(made.today, daysToAdd) },
      about: { schoolId, studentId, secrecy },
      except: excluded,
      link: `/flows/${schoolId}/${id}`,
    },
  ]
}

type FamilyKind = 'case.needs-you' | 'case.closed'

/** Tells the family in neutral words that their request moved. Nothing of the reason leaves the program. [C24] */
export const tellFamily = (db: Db, made: Made, kind: FamilyKind, step: string): Promise<void> =>
  sendMessages(db, familyWish(made, kind, step))

type Item = MadeMany['items'][number]

/** The level as it is proposed now. */
const propose = (standing: Case, level: unknown): Change => ({
  payload: { ...standing.payload, level: Number(level) },
})

const levelOf = ({ fields }: Pick<Made, 'fields'>, standing: Case): HardshipLevel | Refusal => {
  const level = Number(fields.level ?? standing.payload.level ?? 0)
  if (Object.hasOwn(levelLabels, level)) return level as HardshipLevel
  return new Refusal(
    'recognition.level-missing',
    level === notRecognised
      ? '评议认为不认定;同意的请选“不予认定”,不同意的请“另定等级”。'
      : '还没有拟定等级,请“另定等级”并写明理由。',
  )
}

const insistOnLevel = (made: Made): HardshipLevel => {
  const level = levelOf(made, made.case)
  if (level instanceof Refusal) throw level
  return level
}

/** Goes on with the level proposed, or the one given with a reason. */
export const pass = async (_db: Db, { items, fields }: MadeMany): Promise<FollowedMany> =>
  new Map(items.map(({ case: one }) => [one.id, propose(one, fields.level ?? one.payload.level ?? 0)]))

// Records the pack asks for before the decision: visited first, recognised after, with the stated exception. [C5]
const tooEarly = async (db: Db, made: MadeMany): Promise<ReadonlyMap<string, Refusal>> => {
  const refused = new Map<string, Refusal>()
  for (const [place, items] of Map.groupBy(made.items, ({ case: one }) => one.place)) {
    const inForce = made.registry.inForce(place, made.today)
    const rule = findRoundRule(inForce.rules)
    const early = await whyNotYet(db, inForce, rule && stepsOf(rule).find(({ id }) => id === 'confirm'), {
      schoolId: items[0]?.case.schoolId ?? '',
      students: items.map(({ case: one }) => ({ id: one.studentId ?? '', scope: one.scope })),
      by: made.by,
      reason: made.reason,
      on: made.today,
    })
    if (!early) continue
    for (const { case: one } of items) {
      const own = early.fields?.filter(({ field }) => field === one.studentId) ?? []
      const words = own.map(({ reason }) => reason).join('、')
      if (own.length > 0) refused.set(one.id, new Refusal(early.code, `1 名学生${words}。`, early.kind, own))
    }
  }
  return refused
}

/** The school decides: nothing written before the visit the pack asks for; in force at once where nothing is announced. */
export const decide = async (db: Db, made: MadeMany): Promise<FollowedMany> => {
  const early = await tooEarly(db, made)
  const decided: { item: Item; level: HardshipLevel }[] = []
  const followed = new Map<string, Change | Refusal>()
  for (const item of made.items) {
    const level = levelOf(made, item.case)
    const refusal = level instanceof Refusal ? level : (early.get(item.case.id) ?? whyNotMatched(item))
    followed.set(item.case.id, refusal ?? propose(item.case, level))
    if (!refusal && !(level instanceof Refusal)) decided.push({ item, level })
  }
  await recogniseNow(
    db,
    made,
    decided.filter(({ item }) => item.to === 'recognised'),
    made.by,
  )
  return followed
}

const notMatched = () => new Refusal('recognition.not-matched', '还没有对应学籍,不能继续。')

// In force at once needs a student on file; what is announced first may be matched until it takes effect.
const whyNotMatched = ({ case: { studentId }, to }: Item): Refusal | undefined =>
  studentId === null && to === 'recognised' ? notMatched() : undefined

// Announced and not objected to: the level is that of who decided, not of the clock.
export const takeEffect = async (db: Db, made: Made): Promise<undefined> => {
  if (made.to !== 'recognised') return undefined
  const decided = await db.first<{
    personId: string
    name: string
  }>(sql`select actor_id as "personId", actor_name as name
    from flow_steps where school_id = ${made.case.schoolId} and case_id = ${made.case.id} and from_state = 'deciding'
    order by number desc limit 1`)
  await recogniseNow(db, made, [{ item: made, level: insistOnLevel(made) }], decided ?? made.by)
}

const recogniseNow = async (
  db: Db,
  made: Pick<MadeMany, 'today' | 'registry' | 'services'>,
  decided: readonly { readonly item: Item; readonly level: HardshipLevel }[],
  by: { readonly personId: string; readonly name: string },
): Promise<void> => {
  const [first] = decided
  if (!first) return
  const { schoolId } = first.item.case
  const items = decided.map(({ item, level }) => {
    if (!item.case.studentId) throw notMatched()
    return { id: item.stepId, studentId: item.case.studentId, caseId: item.case.id, level }
  })
  const studentIds = items.map(({ studentId }) => studentId)
  const school = await db.first<{ path: string }>(sql`select path from units where id = ${schoolId}`)
  await endRecognised(db, { schoolId, studentIds }, made.today, 'adjusted')
  await writeRecognised(
    db,
    { school: { id: schoolId, path: school?.path ?? '' }, basis: 'panel', fromDate: made.today, by },
    items,
  )
  await judgeAnew(db, made, { schoolId, studentIds })
  await sendMessages(
    db,
    decided.flatMap(({ item }) => familyWish({ ...item, today: made.today }, 'case.closed', '已经办好')),
  )
}

const keyOf = ({ case: { schoolId, studentId } }: Made) => {
  if (!studentId) throw notMatched()
  return { schoolId, studentId }
}

const judgeAnew = (
  db: Db,
  made: Pick<Made, 'registry' | 'services' | 'today'>,
  { schoolId, studentIds }: { readonly schoolId: string; readonly studentIds: readonly string[] },
): Promise<unknown> => {
  const judging = { registry: made.registry, events: made.services.events }
  return reclassify(db, judging, { schoolIds: [schoolId], studentIds, on: made.today, back: 'importer' })
}

/** Another level in place of the one in force. */
export const adjust = async (db: Db, made: Made): Promise<Change> => {
  const level = insistOnLevel(made)
  if (level === made.case.payload.level)
    throw new Refusal('recognition.same-level', '等级没有变化。', 'invalid', [{ field: 'level', reason: '与现在相同' }])
  await recogniseNow(db, made, [{ item: made, level }], made.by)
  return propose(made.case, level)
}

/** Ends the level in force: over, or found untrue. */
export const endFor =
  (why: 'ended' | 'dishonest') =>
  async (db: Db, made: Made): Promise<Change> => {
    const key = keyOf(made)
    await endRecognised(db, { schoolId: key.schoolId, studentIds: [key.studentId] }, made.today, why)
    const told = {
      schoolId: key.schoolId,
      secrecy: made.case.secrecy,
      asOf: made.today,
      validUntil: null,
      sourceId: null,
      by: made.by.personId,
    }
    await writeFact(db, 'hardship_level', told, [{ studentId: key.studentId, value: notRecognised }])
    await judgeAnew(db, made, { schoolId: key.schoolId, studentIds: [key.studentId] })
    const recovers = made.fields.recovers === undefined ? {} : { recovers: Number(made.fields.recovers) }
    return { payload: { ...made.case.payload, level: notRecognised, ...recovers } }
  }

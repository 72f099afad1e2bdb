import { type AnswerOf, notFound, Refusal } from '#contract/platform'
import { type addRecord as endpoint, type RecordInput, whyNotCorrect } from '#contract/records'
import { type Actor, type Db, endAsCounter, type Services, sql } from '#server/platform'
import type { Registry } from '#server/policies'
import { Doubt, draftOf, undoubted } from './draft-record.ts'
import { findStanding } from './find-standing.ts'
import { holdSchool } from './lock-school.ts'
import { hashOf } from './read-content.ts'
import { readSubjects } from './read-subjects.ts'
import { type RecordAdded, recordAdded, recordsMoved, wantsFigures, wantsFreshView } from './record-events.ts'
import type { SubjectMemory } from './remember-subjects.ts'
import { retireSubjects } from './retire-subjects.ts'
import { writeRecord } from './write-record.ts'

type Answer = AnswerOf<typeof endpoint>

/** What the ledger writes with. */
export interface Ledger {
  readonly services: Services
  readonly registry: Registry
  readonly memory: SubjectMemory
}

interface Transaction {
  readonly db: Db
  readonly actor: Actor
  readonly end: () => void
}

const uniqueViolation = '23505'

// The subjects' key holds the record's id too, and may notice first.
const isSameId = (error: unknown): boolean => {
  const { code, table } = error as { code?: string; table?: string }
  return code === uniqueViolation && (table === 'records' || table === 'record_subjects')
}

const foreignKeyViolation = '23503'

// The child changed class between being read and the commit: its scope is checked at commit, and read anew.
const hasMoved = (error: unknown): boolean => (error as { code?: string }).code === foreignKeyViolation

// Everything goes out in one message with the end of the transaction: the record as its author, progress and figures as
// the counter, last. Subjects seen before are not read first: the database checks in that message that they still hold.
const add = async (
  { services, registry, memory }: Ledger,
  { db, actor, end }: Transaction,
  schoolId: string,
  input: RecordInput,
  { again, opensFigures }: Pick<RecordAdded, 'again' | 'opensFigures'>,
) => {
  const known = again ? undefined : memory.recall(schoolId, input.studentIds)
  const subjects = known ?? (await readSubjects(db, schoolId, input.studentIds))
  const drafting = () => draftOf(services, registry, actor, schoolId, input, subjects)
  const draft = known ? undoubted(drafting) : drafting()
  const counted: Answer['counted'] = []
  const { mode, coded, part } = draft.content
  let waiting = false
  const sent = [
    writeRecord(db, actor, draft, 'counter'),
    services.events.announceAtOnce(db, recordAdded, {
      schoolId,
      schoolPath: subjects.schoolPath,
      kind: draft.kind.number,
      mode,
      coded,
      part,
      actDate: input.actDate,
      today: services.today(),
      subjects: subjects.students,
      counted: (title, met) => counted.push({ title, met }),
      waits: () => {
        waiting = true
      },
      again,
      opensFigures,
    }),
  ]
  if (!waiting) end()
  await Promise.all(sent)
  memory.remember(schoolId, subjects)
  return { id: input.id, stored: true, counted }
}

// A correction takes the old record out of all figures: what is left is worked out anew, alone at the school.
const correct = async (
  services: Services,
  registry: Registry,
  db: Db,
  actor: Actor,
  schoolId: string,
  input: RecordInput & { supersedes: string },
): Promise<Answer> => {
  await holdSchool(db, schoolId)
  const subjects = await readSubjects(db, schoolId, input.studentIds)
  const draft = draftOf(services, registry, actor, schoolId, input, subjects)
  // Written first: the same correction sent twice then ends as sent twice, not as a correction of what is corrected.
  await writeRecord(db, actor, draft, 'none')
  const old = await findStanding(db, registry, schoolId, input.supersedes, services.today())
  if (!old) throw notFound()
  const refusal = whyNotCorrect(old, actor)
  if (refusal) throw refusal
  if (old.kind !== input.kind)
    throw new Refusal('records.other-kind', '更正不能改变记录的种类,请撤回后另记。', 'invalid')
  await db.change(sql`update records set superseded_by = ${input.id} where school_id = ${schoolId} and id = ${old.id}`)
  await endAsCounter(db)
  const before = await retireSubjects(db, schoolId, old.id)
  await services.events.announce(db, recordsMoved, {
    schoolId,
    schoolPath: draft.subjects.schoolPath,
    studentIds: [...new Set([...before, ...draft.subjects.students.map(({ id }) => id)])],
    kinds: [input.kind],
    today: services.today(),
  })
  return { id: input.id, stored: true, counted: [] }
}

// Sent twice: the same author with the same content is told that it is stored; anything else is refused, not dropped.
const isStored = async (services: Services, actor: Actor, schoolId: string, input: RecordInput): Promise<boolean> => {
  const [there] = await services.door.readAsActor<{ hash: Buffer }>(
    actor,
    sql`select content_hash as hash from records
      where school_id = ${schoolId} and id = ${input.id} and author_id = ${actor.personId}`,
  )
  return there?.hash.equals(hashOf(input, services.secrets)) ?? false
}

const idTaken = () => new Refusal('records.id-taken', '这条记录的编号已被使用,内容与已存的不同,没有写入。请重新填写。')

const isCorrection = (input: RecordInput): input is RecordInput & { supersedes: string } => input.supersedes !== null

/**
 * Records something done for one or many students of a school: the record, its subjects, the audit entry, duty progress
 * and the school's figures in one transaction. Sending the same record twice stores it once. [T6 C9 C14 C15 C25 G21]
 * Refuses not-found for students that are not theirs, `records.content`, `records.act-date`, `records.no-such-kind`,
 * `records.not-your-kind`, `records.one-subject`, `records.group-too-wide`, `records.id-taken`, and for corrections
 * `records.over`, `records.not-yours`, `records.other-kind`.
 */
export const addRecord = async (
  ledger: Ledger,
  actor: Actor,
  schoolId: string,
  input: RecordInput,
): Promise<Answer> => {
  const { services, registry } = ledger
  let openFigures = async (): Promise<void> => {}
  const opensFigures: RecordAdded['opensFigures'] = (open) => {
    openFigures = open
  }
  const attempt = (again: boolean) =>
    isCorrection(input)
      ? services.door.asActor(actor, (db, current) => correct(services, registry, db, current, schoolId, input))
      : services.door.asActor(
          actor,
          (db, current, end) => add(ledger, { db, actor: current, end }, schoolId, input, { again, opensFigures }),
          true,
        )
  let opened = false
  const tried = async (again = false): Promise<Answer> => {
    try {
      return await attempt(again)
    } catch (error) {
      // A new period has begun and nobody has counted who is in it: that comes first, then the record again.
      if (wantsFigures(error) && !opened) {
        opened = true
        await openFigures()
        return tried(true)
      }
      if (!again && (error instanceof Doubt || wantsFreshView(error) || hasMoved(error))) return tried(true)
      throw error
    }
  }
  try {
    return await tried()
  } catch (error) {
    if (!isSameId(error) && !(error instanceof Refusal)) throw error
    if (await isStored(services, actor, schoolId, input)) return { id: input.id, stored: false, counted: [] }
    throw isSameId(error) ? idTaken() : error
  }
}

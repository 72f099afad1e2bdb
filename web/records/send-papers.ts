import { addRecord, attachFile } from '#contract/records'
import { call, isFault, isRefusal, isUnreachable, upload } from '#web/platform'
import { discard, dropFile, filesOf, findKinds, type PaperFile, papersOf, saveFile, savePaper } from './device-store.ts'
import { ifFree, inTurn } from './one-at-a-time.ts'
import { afterAttempt, bodyOf, dueForSending, type Outcome, type Paper, type RecordKind, type Sent } from './paper.ts'

const outcomeOf = (error: unknown): Outcome => {
  if (isUnreachable(error)) return { kind: 'unreachable' }
  if (isFault(error)) return { kind: 'fault' }
  if (!isRefusal(error)) throw error
  if (error.status === 401) return { kind: 'session-lost' }
  // Too busy is no answer to what the record says.
  if (error.status === 503 || error.status === 429) return { kind: 'fault' }
  return { kind: 'refused', sentence: error.sentence, fields: error.fields }
}

const schoolOf = (paper: Paper): string => paper.students[0]?.schoolId ?? ''

/** One try for the record itself. Answers what the server said when it arrived. */
const tryRecord = async (
  paper: Paper,
  kind: RecordKind | undefined,
  ask: boolean,
): Promise<{ outcome: Outcome; sent?: Sent }> => {
  try {
    const input = { params: { schoolId: schoolOf(paper) }, body: bodyOf(paper, kind) }
    const sent = await call(addRecord, input, { whenSessionLost: ask ? 'ask' : 'refuse' })
    return { outcome: { kind: 'arrived' }, sent }
  } catch (error) {
    return { outcome: outcomeOf(error) }
  }
}

/** One try for each file. A file that arrived leaves the device; one refused stays with its reason. */
const tryFiles = async (paper: Paper, files: readonly PaperFile[]): Promise<Outcome> => {
  for (const file of files) {
    try {
      const params = { schoolId: schoolOf(paper), recordId: paper.id, attachmentId: file.id }
      await upload(attachFile, { params }, file.content)
      await dropFile(file.id)
    } catch (error) {
      const outcome = outcomeOf(error)
      if (outcome.kind === 'refused') await saveFile({ ...file, reason: outcome.sentence })
      return outcome.kind === 'refused' ? { ...outcome, sentence: `附件没有收下:${outcome.sentence}` } : outcome
    }
  }
  return { kind: 'arrived' }
}

/**
 * Sends one paper as far as it goes: the record, then its files. What has wholly arrived leaves the device. `ask` lets a
 * lost session be asked for; in the background it waits instead.
 */
const sendPaper = async (
  paper: Paper,
  kind: RecordKind | undefined,
  ask: boolean,
): Promise<{ paper: Paper | undefined; sent?: Sent }> => {
  const record = paper.stored ? { outcome: { kind: 'arrived' } as const } : await tryRecord(paper, kind, ask)
  const told = 'sent' in record && record.sent ? { sent: record.sent } : {}
  const next = afterAttempt(paper, record.outcome, Date.now())
  await savePaper(next)
  if (record.outcome.kind !== 'arrived') return { paper: next }
  const files = await filesOf(paper.id)
  const outcome = await tryFiles(next, files)
  if (outcome.kind === 'arrived') {
    await discard(paper.id)
    return { paper: undefined, ...told }
  }
  const rest = { ...afterAttempt(next, outcome, Date.now()), stored: true }
  await savePaper(rest)
  return { paper: rest, ...told }
}

const kindOf = async (paper: Paper): Promise<RecordKind | undefined> =>
  (await findKinds(paper.personId))?.kinds.find(({ kind }) => kind === paper.kind)

/**
 * Hands a paper in: from here on it waits on the device until it has arrived, whatever happens to the page. Tries at once,
 * and asks for a lost session.
 */
export const handIn = async (
  paper: Paper,
  kind: RecordKind | undefined,
): Promise<{ paper: Paper | undefined; sent?: Sent }> => {
  await savePaper(paper)
  return inTurn(() => sendPaper(paper, kind, true))
}

/**
 * Sends what waits for this person, the oldest first, one tab at a time. Stops when the network or the session is gone.
 * Answers how many records arrived.
 */
export const sendWaiting = (personId: string): Promise<number> =>
  ifFree(0, async () => {
    const papers = await papersOf(personId)
    let count = 0
    for (const paper of dueForSending(papers, Date.now())) {
      const after = await sendPaper(paper, await kindOf(paper), false)
      if (after.sent || after.paper === undefined) count += 1
      else if (after.paper.state === 'waiting' && after.paper.tries === paper.tries) break
    }
    return count
  })

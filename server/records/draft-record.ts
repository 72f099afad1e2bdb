import { Refusal } from '#contract/platform'
import { findRecordKindByNumber } from '#contract/policies'
import type { RecordInput } from '#contract/records'
import type { Actor, Services } from '#server/platform'
import type { Registry } from '#server/policies'
import { readContent } from './read-content.ts'
import { checkSubjects, type Subjects } from './read-subjects.ts'
import type { Draft } from './write-record.ts'

/**
 * What is written from what was sent: of a kind the school has, by somebody who may record it for these students.
 * Refuses `records.no-such-kind` and what `checkSubjects` and `readContent` refuse.
 */
export const draftOf = (
  services: Services,
  registry: Registry,
  actor: Actor,
  schoolId: string,
  input: RecordInput,
  subjects: Subjects,
): Draft => {
  const today = services.today()
  const kind = findRecordKindByNumber(registry.inForce(subjects.schoolPath, today).rules, input.kind)
  if (!kind) throw new Refusal('records.no-such-kind', '本校没有这种记录。', 'invalid')
  checkSubjects(actor, kind, input, subjects, today)
  return { schoolId, input, kind, content: readContent(kind, input, services.secrets), subjects }
}

/** A refusal by what is only remembered: asked anew it may not be one, or another. */
export class Doubt extends Error {}

/** Nobody learns from memory of a student who is not theirs: what it would refuse is asked again without it. */
export const undoubted = (draft: () => Draft): Draft => {
  try {
    return draft()
  } catch {
    throw new Doubt()
  }
}

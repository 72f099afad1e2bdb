import type { Fed } from './find-fed.ts'
import type { Moved } from './progress-row.ts'

/**
 * How far students were seen to have come with their duties. Only a hint, for this program's own records: whoever acts on
 * it has the database check it.
 */
export interface ProgressMemory {
  /** Whether one more record may be what meets the duty; yes for whoever is not remembered. */
  readonly mayBeMet: (studentId: string, fed: Fed) => boolean
  /** The row of a duty that is known to hold already what one more record of this day would bring to it. */
  readonly holding: (studentId: string, fed: Fed, actDate: string) => Moved | undefined
  readonly remember: (moved: Moved) => void
}

const capacity = 50_000

const keyOf = (studentId: string, rule: number, period: string): string => `${studentId} ${rule} ${period}`

/** Builds an empty memory that forgets the oldest first. */
export const rememberProgress = (): ProgressMemory => {
  const known = new Map<string, Moved>()
  return {
    mayBeMet: (studentId, { duty, bit }) => {
      const { rule, period, full, base, atLeast } = duty
      const seen = known.get(keyOf(studentId, rule, period.startsOn))
      if (!seen) return true
      if (seen.met) return false
      return full > 0 ? (seen.parts | bit | base) === full : seen.done + 1 >= atLeast
    },
    holding: (studentId, { duty, bit }, actDate) => {
      const { rule, period, full, base } = duty
      const seen = full > 0 ? known.get(keyOf(studentId, rule, period.startsOn)) : undefined
      if (!seen?.firstOn || !seen.lastOn || seen.firstOn > actDate || seen.lastOn < actDate) return undefined
      return (seen.parts | bit | base) === seen.parts ? seen : undefined
    },
    remember: (moved) => {
      const key = keyOf(moved.studentId, moved.rule, moved.period)
      if (known.size >= capacity && !known.has(key)) known.delete(known.keys().next().value as string)
      known.set(key, moved)
    },
  }
}

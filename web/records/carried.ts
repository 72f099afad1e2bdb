import type { PickedStudent } from '#web/students'
import type { Beginning } from './paper.ts'

/** What another screen hands to the form: whom and what kind, and of a correction what it corrects. */
export interface Carried {
  readonly kind: number
  readonly students: readonly PickedStudent[]
  readonly corrects?: NonNullable<Beginning['corrects']>
}

/** Reads what was handed over; anything else than students of one school and a kind is nothing. */
export const readCarried = (carried: unknown): Carried | undefined => {
  const given = carried as Partial<Carried> | undefined
  if (!given || typeof given.kind !== 'number' || !Array.isArray(given.students) || given.students.length === 0)
    return undefined
  const schools = new Set(given.students.map(({ schoolId }: PickedStudent) => schoolId))
  return schools.size === 1 ? (given as Carried) : undefined
}

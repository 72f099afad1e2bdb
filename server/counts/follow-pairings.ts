import type { PlainDate } from '#contract/platform'
import { type Plans, recountProgress } from '#server/duties'
import { actingAsCounter, type Db } from '#server/platform'
import { holdSchool } from '#server/records'
import { recountSums } from './recount-sums.ts'

/** Pairings of these students began or ended in this transaction. */
export interface PairedStudents {
  readonly schoolId: string
  readonly schoolPath: string
  readonly studentIds: readonly string[]
  readonly today: PlainDate
}

/** Moves the mentor duty and its coverage after a pairing began or ended, in the same transaction. [C16] */
export const followPairings =
  (plans: Plans) =>
  async (db: Db, { schoolId, schoolPath, studentIds, today }: PairedStudents): Promise<void> => {
    await holdSchool(db, schoolId)
    const plan = plans.planOf(schoolPath, today)
    const coverages = plan.coverages.filter(({ duties }) => duties.some(({ appointment }) => appointment))
    await actingAsCounter(db, async () => {
      await recountProgress(db, plan, { schoolIds: [schoolId], studentIds, kinds: null, appointments: true })
      await recountSums(db, coverages, [schoolId])
    })
  }

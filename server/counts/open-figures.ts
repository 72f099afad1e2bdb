import type { PlainDate } from '#contract/platform'
import { type Plans, recountProgress } from '#server/duties'
import type { Services } from '#server/platform'
import { holdSchool } from '#server/records'
import { recountSums } from './recount-sums.ts'

/** Counts one school from the start: when a period begins between two nightly counts, or somebody doubts a figure. */
export const openFigures = (
  services: Services,
  plans: Plans,
  schoolId: string,
  schoolPath: string,
  today: PlainDate,
): Promise<void> =>
  services.door.asJob('classifier', async (db) => {
    await holdSchool(db, schoolId)
    const plan = plans.planOf(schoolPath, today)
    await recountProgress(db, plan, { schoolIds: [schoolId], studentIds: null, kinds: null })
    await recountSums(db, plan.coverages, [schoolId])
  })

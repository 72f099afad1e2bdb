import { z } from 'zod'
import { rangeOf } from '#contract/organisations'
import { type PlainDate, plainDate } from '#contract/platform'
import { rewriteSettingsBelow } from '#server/people'
import { type Services, sql } from '#server/platform'
import type { Task } from '../platform/jobs/index.ts'
import { reclassify } from './classify.ts'
import type { Registry } from './registry.ts'
import { seesOf } from './sees-of.ts'

const schoolsAtOnce = 20
/** More than this are reached in the background; whoever adopts does not wait for a province. */
const mostAtOnce = 100
const task = 'apply-adoption'

/**
 * Lets what holds at a unit on a day reach everybody below: what posts see, then classes, and with them duties and
 * figures, some schools in each transaction. Doing it twice changes nothing.
 */
const applyAdoption = async (
  services: Services,
  registry: Registry,
  unitPath: string,
  on: PlainDate,
): Promise<number> => {
  const { lo, hi } = rangeOf(unitPath)
  const schools = await services.door.asJob('importer', async (db) => {
    await rewriteSettingsBelow(
      db,
      lo,
      hi,
      seesOf(registry, () => on),
      on,
    )
    return db.rows<{ id: string }>(sql`select id from units where school_id = id and closed_on is null
      and ((path >= ${lo} and path < ${hi}) or starts_with(${unitPath}, path)) order by path`)
  })
  for (let first = 0; first < schools.length; first += schoolsAtOnce) {
    const schoolIds = schools.slice(first, first + schoolsAtOnce).map(({ id }) => id)
    await services.door.asJob('classifier', (db) =>
      reclassify(db, { registry, events: services.events }, { schoolIds, on, back: 'classifier' }),
    )
  }
  return schools.length
}

/** Applies an adoption at once below a small unit, in the background below a large one. */
export const startApplying = async (
  services: Services,
  registry: Registry,
  unitPath: string,
  on: PlainDate,
): Promise<void> => {
  const { lo, hi } = rangeOf(unitPath)
  const found = await services.door.asJob('classifier', (db) =>
    db.first<{ many: number }>(
      sql`select count(*)::int as many from units where school_id = id and closed_on is null and path >= ${lo} and path < ${hi}`,
    ),
  )
  if ((found?.many ?? 0) > mostAtOnce) return services.enqueue(task, { unitPath, on }, `${task} ${unitPath}`)
  await applyAdoption(services, registry, unitPath, on)
}

const payloadShape = z.object({ unitPath: z.string(), on: plainDate })

/** The background work of policies. */
export const policyTasks = (services: Services, registry: Registry): Record<string, Task> => ({
  [task]: async (payload) => {
    const { unitPath, on } = payloadShape.parse(payload)
    await registry.refresh()
    await applyAdoption(services, registry, unitPath, on)
  },
})

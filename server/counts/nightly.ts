import { closePeriods, type Plans } from '#server/duties'
import { type Services, sql } from '#server/platform'
import { type Registry, reclassify } from '#server/policies'

const schoolsAtOnce = 20

/**
 * The night's work on figures: ages, days and new periods change who is in which class, so every school is judged and
 * counted anew, some schools a transaction; then periods whose days of grace are over are frozen. Taken up again after
 * a restart it does the same once more.
 */
export const countEverything = async (services: Services, registry: Registry, plans: Plans): Promise<void> => {
  const on = services.today()
  const schools = await services.door.asJob('classifier', (db) =>
    db.rows<{ id: string }>(sql`select id from units where school_id = id order by id`),
  )
  let failed = 0
  for (let from = 0; from < schools.length; from += schoolsAtOnce) {
    const schoolIds = schools.slice(from, from + schoolsAtOnce).map(({ id }) => id)
    try {
      await services.door.asJob('importer', (db) =>
        reclassify(db, { registry, events: services.events }, { schoolIds, on, back: 'importer' }),
      )
    } catch (error) {
      // A school that cannot be judged must not keep the others from their new day; the run is tried again.
      failed += schoolIds.length
      services.log.error({ code: (error as { code?: string }).code, schools: schoolIds.length }, 'schools not counted')
    }
  }
  const frozen = await services.door.asJob('classifier', (db) => closePeriods(db, plans, on))
  services.log.info({ schools: schools.length, frozen }, 'figures counted')
  if (failed > 0) throw new Error(`${failed} schools were not counted`)
}

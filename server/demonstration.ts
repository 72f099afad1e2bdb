import { type Importing, loadDemonstrationCounty, loadShownPlaces } from '#server/imports'
import { demoAccounts } from '#server/people'
import { type Served, type Services, sql } from '#server/platform'

/** Told when the demonstration begins to be loaded and when all of it is there. */
export interface Loading {
  readonly begin: () => void
  readonly end: () => void
}

/**
 * Loads the demonstration county and the places under other packs when the database is empty and a demonstration is
 * wanted; `loading` is told before the first row and after the last.
 */
export const loadDemonstration = async (
  importing: Importing,
  served: readonly Served[],
  say: (line: string) => void,
  loading?: Loading,
): Promise<void> => {
  const { services } = importing
  if (!services.demo) return
  const unit = await services.door.asJob('importer', (db) => db.first(sql`select id from units limit 1`))
  if (unit) return
  say('正在载入演示县(临湖县,人物均为虚构)……')
  loading?.begin()
  await loadDemonstrationCounty(importing, served, say)
  say('正在载入其他政策包的示范单位……')
  await loadShownPlaces(importing, served, say)
  loading?.end()
}

/** Lines telling who can sign in to the demonstration. */
export const demonstrationSignIns = async (services: Services): Promise<readonly string[]> => {
  const { accounts } = await demoAccounts(services)
  if (accounts.length === 0) return []
  return [
    '演示账号:',
    ...accounts.map(({ loginName, password, role, name }) => `  ${loginName.padEnd(10)} ${password}  ${role} ${name}`),
  ]
}

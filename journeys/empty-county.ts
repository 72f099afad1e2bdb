import { uuidv7 } from 'uuidv7'
import { createCounty, openUsualTerms } from '#server/imports'
import { createAccount, createDemoAccounts } from '#server/people'
import { sql } from '#server/platform'
import { seesOf } from '#server/policies'
import type { Program } from '../server/compose.ts'
import { demoPassword } from './stage.ts'

/** Who a new county begins with beside its aid officer, auditor and administrator. */
const psychologyOfficer = { name: '宁望舒', loginName: 'xinlizhuangan', post: 'county-psychology-officer' }

/**
 * A county on its first day: the tree above it, the packs in force, its office, and accounts for those who set it up.
 * No school, no student.
 */
export const openEmptyCounty = async ({ services, registry }: Program): Promise<{ id: string; path: string }> => {
  const adopted = (...issuers: string[]) =>
    registry.packs.filter(({ issuer }) => issuers.includes(issuer)).map(({ issuer, version }) => ({ issuer, version }))
  const today = services.today()
  const sees = seesOf(registry, services.today)
  const county = await services.door.asJob('importer', async (db) => {
    const made = await createCounty(
      db,
      [
        { kind: 'province', name: '江苏省', regionCode: '320000', packs: adopted('national', 'jiangsu') },
        { kind: 'city', name: '泰州市', regionCode: '321200', packs: adopted('taizhou') },
        { kind: 'county', name: '临湖县', regionCode: '329901', packs: [] },
      ],
      '2023-09-01',
    )
    await openUsualTerms(db, made.id, 2023, 2027)
    return made
  })
  await registry.refresh()
  await services.door.asJob('importer', async (db) => {
    await createDemoAccounts(db, county.id, sees, today)
    const { name, loginName, post } = psychologyOfficer
    const personId = uuidv7()
    await db.change(sql`insert into people (id, home_unit_id, scope, name, name_key, initials)
      values (${personId}, ${county.id}, ${county.path}, ${name}, ${name}, 'nws')`)
    await db.change(sql`insert into appointments (id, person_id, unit_id, scope, post, from_date)
      values (${uuidv7()}, ${personId}, ${county.id}, ${county.path}, ${post}, ${today})`)
    await createAccount(db, { personId, loginName, password: demoPassword }, sees, today)
  })
  return county
}

import { type Db, sql } from '#server/platform'
import { writeChanged } from './write-changed.ts'
import { changesKnown } from './write-first-facts.ts'
import { writeNew } from './write-new.ts'

const writeHouseholds = (db: Db, regionPath: string): Promise<number> =>
  db.change(sql`insert into households (id, region_path, key_digest)
    select distinct on (household_id) household_id, ${regionPath}, household_digest
    from s where s.outcome in (1, 2) and household_id is not null
      and not exists (select from households h where h.id = s.household_id)
    order by household_id
    on conflict (id) do nothing`)

/**
 * Writes the judged rows of a roster, one statement per table: students, identity numbers, households shared by
 * siblings, guardians, facts. Students who are not on the roster stay. Answers the schools touched. [T2]
 */
export const writeRoster = async (
  db: Db,
  what: { readonly sourceId: string; readonly asOf: string; readonly regionPath: string },
): Promise<readonly string[]> => {
  await writeHouseholds(db, what.regionPath)
  if (await changesKnown(db)) await writeChanged(db, what)
  await writeNew(db, what)
  const schools = await db.rows<{ id: string }>(sql`select distinct school_id as id from s where outcome in (1, 2)`)
  return schools.map(({ id }) => id)
}

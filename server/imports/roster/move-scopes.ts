import { type Db, raw, sql } from '#server/platform'
import { lockSchools } from '#server/policies'
import { sweptTables } from '../straighten-scopes.ts'

// Rows that may be about nobody in particular; the others are known by their key, or stand without it for a reason.
const perhapsAboutStudents = ['records', 'attachments', 'flow_cases', 'flow_steps']

/** Every table whose rows follow the student's class. Where it was done (`done_in`) never moves. */
const following = async (db: Db): Promise<readonly string[]> => {
  const keyed = await db.rows<{
    name: string
  }>(sql`select c.relname as name from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.confrelid = 'students'::regclass and k.contype = 'f' and cardinality(k.conkey) = 3 order by 1`)
  return [...sweptTables, ...keyed.map(({ name }) => name), ...perhapsAboutStudents]
}

const identifier = (name: string): unknown => {
  if (!/^[a-z_]+$/.test(name)) throw new Error(`unsafe name in the catalogue: ${name}`)
  return raw(name)
}

/**
 * Writes the students, whose class may change by it, and takes all their rows along, one statement per table. The schools
 * are held first, so that nobody judges their classes meanwhile; a row written in the old class just before is found,
 * because the student's own row moves before the others.
 */
export const moveScopes = async (db: Db, writeStudents: () => Promise<unknown>): Promise<void> => {
  await db.change(sql`create temp table moved on commit drop as
    select s.school_id, s.student_id, s.scope from s join students st on st.school_id = s.school_id and st.id = s.student_id
    where s.outcome = 2 and st.scope <> s.scope`)
  const schools = await db.rows<{ id: string }>(sql`select distinct school_id as id from moved`)
  await lockSchools(
    db,
    schools.map(({ id }) => id),
  )
  await writeStudents()
  if (schools.length === 0) return
  for (const table of await following(db)) {
    await db.change(sql`update ${identifier(table)} t set scope = m.scope from moved m
      where t.school_id = m.school_id and t.student_id = m.student_id and t.scope <> m.scope`)
  }
}

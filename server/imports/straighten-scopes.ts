import { type Db, raw, type Services, sql } from '#server/platform'

/**
 * Tables whose rows are written from the student's own row by whole sets and stand without the key that would ask each of
 * them at commit whether it is in the student's scope.
 */
export const sweptTables = [
  'name_pieces',
  'student_particulars',
  'student_contacts',
  'facts',
  'facts_general',
  'facts_family',
  'facts_groups',
  'facts_health',
  'facts_psychology',
  'facts_protection',
  'facts_schooling',
  'classified',
  'class_spells',
] as const

const straighten = (db: Db, table: string): Promise<number> =>
  db.change(sql`update ${raw(table)} t set scope = s.scope from students s
    where s.school_id = t.school_id and s.id = t.student_id and t.scope <> s.scope`)

/**
 * Takes rows that stayed behind when their student changed class to where the student is: somebody wrote one in the very
 * moment of the move. Each is told in the log, for it should not happen. Once a night.
 */
export const straightenScopes = ({ door, log }: Services): Promise<void> =>
  door.asJob('importer', async (db) => {
    for (const table of sweptTables) {
      const rows = await straighten(db, table)
      if (rows > 0) log.warn({ part: 'imports', table, rows }, 'rows stood in another scope than their student')
    }
  })

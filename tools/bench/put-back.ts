import type pg from 'pg'

// Ids of what a province is filled with follow one another from the start of 2025; whatever is recorded later has a later one.
const firstMade = `(lpad(to_hex(1735689600000 + 1000000000), 12, '0') || '70008000000000000000')::uuid`

/**
 * Takes out what earlier runs recorded: each leaves tens of thousands of visits with a thousand children, and a file of
 * three hundred visits is not the file that is asked for. Says how many there were.
 */
export const putBack = async (owner: pg.Client, say: (line: string) => void): Promise<void> => {
  const { rowCount } = await owner.query(`delete from records where id > ${firstMade}`)
  if (!rowCount) return
  await owner.query(`delete from record_subjects where record_id > ${firstMade}`)
  await owner.query(`delete from audit_entries where subject > ${firstMade}`)
  for (const table of ['records', 'record_subjects', 'audit_entries', 'duty_progress'])
    await owner.query(`vacuum full analyze ${table}`)
  await owner.query('vacuum analyze')
  say(`took out ${rowCount} visits of earlier runs`)
}

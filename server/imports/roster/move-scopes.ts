import { type Db, raw, sql } from '#server/platform'

/** Every table whose rows follow the student's class. Where it was done (`done_in`) never moves. */
const following = [
  'student_identities',
  'name_pieces',
  'student_households',
  'student_contacts',
  'family_links',
  'staff_bars',
  'facts',
  'facts_general',
  'facts_family',
  'facts_groups',
  'facts_health',
  'facts_psychology',
  'facts_protection',
  'facts_schooling',
  'records',
  'record_subjects',
  'attachments',
  'duty_progress',
  'event_duties',
  'classified',
  'class_spells',
  'recognitions',
  'key_listings',
  'pairings',
  'flow_cases',
  'flow_steps',
  'flow_tasks',
  'flow_files',
] as const

/** Takes all rows of students whose class changed along to the new class, one statement per table. */
export const moveScopes = async (db: Db): Promise<void> => {
  await db.change(sql`create temp table moved on commit drop as
    select s.school_id, s.student_id, s.scope from s join students st on st.school_id = s.school_id and st.id = s.student_id
    where s.outcome = 2 and st.scope <> s.scope`)
  const some = await db.first(sql`select 1 as one from moved limit 1`)
  if (!some) return
  for (const table of following) {
    await db.change(sql`update ${raw(table)} t set scope = m.scope from moved m
      where t.school_id = m.school_id and t.student_id = m.student_id and t.scope <> m.scope`)
  }
}

import type { PlainDate } from '#contract/platform'
import type { PanelRule } from '#contract/policies'
import { type Db, raw, sql } from '#server/platform'
import type { Aside, Seat } from './panel-held.ts'

/** Reasons found by the program for which a member does not judge a student. */
export type FoundAside = Aside & { readonly schoolId: string; readonly personId: string | null }

/**
 * Who must stand aside, as far as it is on file: a member's own child or self, a student of the same household, a student
 * among whose contacts the member stands by full name (the same surname is not enough), a student kept from the member;
 * and where the pack says so the mentor and the teacher of the class. As the importer. [C19]
 */
export const findAsides = (
  db: Db,
  panelId: string,
  seats: readonly Pick<Seat, 'seat' | 'personId' | 'name'>[],
  asides: PanelRule['asides'],
  today: PlainDate,
): Promise<FoundAside[]> =>
  db.rows<FoundAside>(sql`
    with member as (
      select m.seat, m."personId" as person_id, coalesce(p.name_key, f.name_key, m.name) as name_key
      from jsonb_to_recordset(${JSON.stringify(seats)}::jsonb) as m (seat uuid, "personId" uuid, name text)
        left join people p on p.id = m."personId" left join family_members f on f.id = m."personId"),
    judged as (
      select j.case_id, s.school_id, s.id as student_id, s.class_id, s.household_id
      from flow_panel_cases j join flow_cases c on c.school_id = j.school_id and c.id = j.case_id
        join students s on s.school_id = c.school_id and s.id = c.student_id
      where j.panel_id = ${panelId})
    select distinct on (j.case_id, w.seat) j.school_id as "schoolId", j.case_id as "caseId", w.seat, w.person_id as "personId", w.why
    from judged j cross join lateral (
      select m.seat, m.person_id, 'own-child' as why, 1 as rank from member m join family_links l on l.person_id = m.person_id
        where l.student_id = j.student_id
      union all select m.seat, m.person_id, 'household', 2 from member m join family_links l on l.person_id = m.person_id
          join students o on o.school_id = l.school_id and o.id = l.student_id
        where o.household_id = j.household_id
      union all select m.seat, m.person_id, 'contact', 3 from member m join student_contacts k on k.name_key = m.name_key
        where k.school_id = j.school_id and k.student_id = j.student_id
      union all select m.seat, m.person_id, 'barred', 4 from member m join staff_bars b on b.person_id = m.person_id and b.lifted_at is null
          left join students o on b.whole_household and o.school_id = b.school_id and o.id = b.student_id
        where (b.school_id = j.school_id and b.student_id = j.student_id) or o.household_id = j.household_id
      union all select m.seat, m.person_id, 'mentor', 5 from member m join pairings g on g.mentor_id = m.person_id
        where ${asides.includes('mentor')} and g.school_id = j.school_id and g.student_id = j.student_id
          and (g.until_date is null or g.until_date > ${today}::date)
      union all select m.seat, m.person_id, 'class-teacher', 6 from member m join appointments a on a.person_id = m.person_id
        where ${asides.includes('class-teacher')} and a.unit_id = j.class_id and a.post in ('class-teacher', 'counsellor')
          and a.from_date <= ${today}::date and (a.until_date is null or a.until_date > ${today}::date)) w
    order by j.case_id, w.seat, w.rank`)

/** Colleagues who know the child by their work find the case again once the panel closed; kin and those kept away don't. */
const onlyWhileSitting = ['mentor', 'class-teacher']

/**
 * Files who stands aside and shuts them out of the case; a parent keeps finding the own child's request, as its applicant.
 * As the importer.
 */
export const writeAsides = async (
  db: Db,
  panelId: string,
  found: readonly (FoundAside & { readonly reason?: Buffer | null; readonly by?: string })[],
): Promise<void> => {
  for (const { caseId, seat, why, reason, by } of found)
    await db.change(sql`insert into flow_panel_asides (panel_id, case_id, seat, why, reason_cipher, recorded_by)
      values (${panelId}, ${caseId}, ${seat}, ${why}, ${reason ?? null}, ${by ?? null}) on conflict do nothing`)
  const out = Map.groupBy(
    found.filter(({ why, personId }) => why !== 'own-child' && personId !== null),
    ({ caseId }) => caseId,
  )
  for (const [caseId, those] of out) {
    const people = those.map(({ personId }) => personId as string)
    await db.change(sql`update flow_cases set excluded = array(select distinct unnest(excluded || ${people}::uuid[]))
      where school_id = ${those[0]?.schoolId} and id = ${caseId}`)
    await shutOutAsCase(db, those[0]?.schoolId ?? '', caseId)
  }
}

/** Steps, tasks and papers shut out whom their case shuts out. As the importer. */
export const shutOutAsCase = async (db: Db, schoolId: string, caseId: string): Promise<void> => {
  for (const table of ['flow_steps', 'flow_tasks', 'flow_files'])
    await db.change(sql`update ${raw(table)} t set excluded = c.excluded from flow_cases c
      where t.school_id = ${schoolId} and t.case_id = ${caseId} and c.school_id = t.school_id and c.id = t.case_id`)
}

/** People who stood aside in a case only while the panel sat. */
export const backAfterwards = (asides: readonly Aside[], seats: readonly Seat[]): readonly string[] =>
  asides
    .filter(({ why }) => onlyWhileSitting.includes(why))
    .flatMap(({ seat }) => seats.find((one) => one.seat === seat)?.personId ?? [])

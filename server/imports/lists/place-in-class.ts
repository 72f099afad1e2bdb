import { type Db, sql } from '#server/platform'

/**
 * Reads an exam as a set: how many subjects each student failed (below 60 % of the full mark, which is read from the
 * highest score of the stage: 100, 120 or 150), and which share of the class stands at or above (1 is the top).
 */
export const placeInClass = async (db: Db): Promise<void> => {
  await db.change(sql`create temp table marks on commit drop as
    select s.row, st.stage, m.subject, m.points, m.failed
    from s join students st on st.school_id = s.school_id and st.id = s.student_id
      cross join lateral jsonb_to_recordset(s.detail -> 'scores') as m(subject text, points numeric, failed boolean)
    where s.outcome = 5`)
  await db.change(sql`update s set facts = s.facts || jsonb_build_object('exam_failed', f.failed)
    from (select m.row, count(*) filter (where m.failed or m.points < 0.6 * full_mark.mark)::int as failed
      from marks m join (select stage, subject,
          case when max(points) <= 100 then 100 when max(points) <= 120 then 120 else greatest(150, max(points)) end as mark
        from marks group by stage, subject) full_mark on full_mark.stage = m.stage and full_mark.subject = m.subject
      where m.points is not null or m.failed group by m.row) f
    where f.row = s.row`)
  await db.change(sql`update s set facts = s.facts || jsonb_build_object('exam_class_percent', p.percent)
    from (select s.row, ceil(100.0 * rank() over (partition by st.class_id order by (s.facts ->> 'exam_total')::int desc)
          / count(*) over (partition by st.class_id))::int as percent
      from s join students st on st.school_id = s.school_id and st.id = s.student_id
      where s.outcome = 5 and s.facts ? 'exam_total') p
    where p.row = s.row`)
}

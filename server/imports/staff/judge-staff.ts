import { type Db, sql } from '#server/platform'
import type { Statement } from '../importing.ts'

/** The person a row means: the same staff number in the school, else the only one of that name there. */
const findKnown = `select s.row, coalesce(numbered.id, named.id) as person_id
  from s join places p on p.number = s.place join units school on school.id = p.school_id
  left join lateral (select e.id from people e where e.employee_number = s.number
    and e.scope >= school.path and e.scope < school.path || '~' limit 1) numbered on true
  left join lateral (select min(e.id::text)::uuid as id from people e where numbered.id is null and e.name_key = s.name_key
    and (e.employee_number is null or s.number is null) and e.left_on is null
    and e.scope >= school.path and e.scope < school.path || '~' having count(*) = 1) named on true
  where s.outcome <> 4 and p.problem is null`

/**
 * Judges the staged rows of a staff list: new, changed, unchanged, refused. A class in charge that the school does not
 * have is reported on its cell; the person is taken. [T7]
 */
export const judgeStaff = async (db: Db, _statement: Statement): Promise<void> => {
  await db.change(sql`update s set outcome = 4, faults = coalesce(s.faults, '[]') || jsonb_build_array(jsonb_build_object(
      'column', '学校', 'reason', p.problem, 'scope', 'row', 'code', 'conflict'))
    from places p where p.number = s.place and p.problem is not null and s.outcome <> 4`)
  await db.change(sql`update s set faults = coalesce(s.faults, '[]') || '[{"column": "任班主任的班级", "reason": "学校没有这个班级,先不任命班主任", "scope": "cell", "code": "conflict"}]'
    from places p where p.number = s.place and s.outcome <> 4 and s.class_label is not null and p.class_id is null`)
  await db.change({
    text: `update s set school_id = p.school_id, class_id = p.class_id, scope = school.path, student_id = k.person_id,
        outcome = case when k.person_id is null then 1 else 2 end,
        changes = case when k.person_id is not null then '["人员信息或岗位"]'::jsonb end
      from (${findKnown}) k, places p join units school on school.id = p.school_id
      where k.row = s.row and p.number = s.place`,
  })
  await db.change(sql`update s set outcome = 3, changes = null from import_traces t
    where s.outcome = 2 and t.school_id = s.school_id and t.subject_id = s.student_id and t.kind = 'staff' and t.digest = s.trace`)
}

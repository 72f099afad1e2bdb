-- A family reads of its child's records and writes none: the students an account of a family sees one by one are no place to
-- record at, which 0450 had left out. [C13]

alter policy app_inserts on records
  with check (author_id = current_setting('app.actor')::uuid and (
    scope ^@ current_setting('app.at0')
    or scope ^@ any(current_setting('app.more0')::text[])
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]))
    or (student_id is null and scope >= current_setting('app.home_lo') and scope < current_setting('app.home_hi'))
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))));

alter policy app_inserts on record_subjects
  with check (author_id = current_setting('app.actor')::uuid and (
    scope ^@ current_setting('app.at0')
    or scope ^@ any(current_setting('app.more0')::text[])
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]))
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

-- A guardian may be the harm: a record can be kept from one of two guardians, and is not there for them. Cases, their
-- steps, tasks and papers have such a list already. [G1 G33 Z9]

alter table records add column excluded uuid[] not null default '{}';

comment on column records.excluded is 'Contacts of the student and their accounts from whom the record is kept.';

alter policy app_selects on records
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or author_id = current_setting('app.actor')::uuid
    or (open_below and scope = any(current_setting('app.above')::text[]) and secrecy = 1)
    or ((current_setting('app.family') = '' or open_to_family) and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  and (excluded = '{}' or current_setting('app.actor')::uuid <> all(excluded)));

grant update (excluded) on records to importer;

-- What was done for a child is open to the family where the kind of record says so: that it was done, when and by whom, of
-- one child as of a gathering. A record kept from one guardian is kept there too, wherever it is counted. [C6 G1 G33]

alter table record_subjects add column open_to_family boolean not null default false;

comment on column record_subjects.open_to_family is 'The kind of this record is open to the student and the guardians.';

alter table record_subjects add column excluded uuid[] not null default '{}';

comment on column record_subjects.excluded is 'Contacts of the student and their accounts from whom the record is kept.';

alter policy app_selects on record_subjects
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or author_id = current_setting('app.actor')::uuid
    or ((current_setting('app.family') = '' or open_to_family) and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))
  and (excluded = '{}' or current_setting('app.actor')::uuid <> all(excluded)));

grant insert (open_to_family) on records to app;

grant insert (open_to_family, excluded) on records to importer;

grant insert (open_to_family) on record_subjects to app;

grant insert (open_to_family, excluded) on record_subjects to importer;

grant update (excluded) on record_subjects to importer;

-- The two kinds that are open from now on keep their numbers in every pack: home visits and rewards.
update records set open_to_family = true where kind in (1, 3);

update record_subjects t set open_to_family = true, excluded = coalesce(
  (select r.excluded from records r where r.school_id = t.school_id and r.id = t.record_id), '{}')
where t.kind in (1, 3);

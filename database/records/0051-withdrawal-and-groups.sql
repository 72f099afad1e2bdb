-- Why a record was withdrawn stays with it, sealed; a record about several students of two classes stands at their school.

alter table records add column withdrawn_reason_cipher bytea;
comment on column records.withdrawn_reason_cipher is 'Reason given for withdrawing, encrypted.';
grant update (withdrawn_reason_cipher) on records to app;

-- A teacher of two classes sees neither grade nor school as a range; whom the record is about is checked per subject.
drop policy app_inserts on records;
create policy app_inserts on records for insert to app
  with check (author_id = current_setting('app.actor')::uuid and (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1'))
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2'))
    or (scope = any(current_setting('app.classes')::text[]))
    or student_id = any(current_setting('app.students')::uuid[])
    or (student_id is null and scope >= current_setting('app.home_lo') and scope < current_setting('app.home_hi'))
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))));

create policy counter_selects on records for select to counter
  using (true);
grant select (school_id, id, kind, mode, coded, act_date, student_id) on records to counter;

create policy counter_selects on record_subjects for select to counter
  using (true);
grant select on record_subjects to counter;

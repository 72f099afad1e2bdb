-- Progress is moved by the counter in the transaction of whoever recorded: people read it, nobody writes it by hand.

grant usage on schema public to counter;

alter table duty_progress add column was_met boolean not null default false;
comment on column duty_progress.was_met is 'Whether it was met before the last change: the next statement then knows that the need was just met.';
grant insert (was_met), update (was_met) on duty_progress to classifier, importer;

drop policy app_inserts on duty_progress;
drop policy app_updates on duty_progress;
revoke insert, update on duty_progress from app;

-- A row tells that something was done towards a duty, so it is as secret as the class the duty is for.
drop policy app_selects on duty_progress;
create policy app_selects on duty_progress for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

create policy counter_selects on duty_progress for select to counter
  using (true);
create policy counter_inserts on duty_progress for insert to counter
  with check (true);
create policy counter_updates on duty_progress for update to counter
  using (true)
  with check (true);
grant select on duty_progress to counter;
grant insert (school_id, student_id, rule, period, scope, secrecy, done, parts, met, was_met, reviewed, first_on, last_on) on duty_progress to counter;
grant update (scope, done, parts, met, was_met, reviewed, first_on, last_on) on duty_progress to counter;

create policy counter_selects on students for select to counter
  using (true);
grant select (school_id, id, scope, stage, status) on students to counter;

create policy counter_selects on class_spells for select to counter
  using (true);
grant select on class_spells to counter;

create policy counter_selects on pairings for select to counter
  using (true);
grant select (school_id, student_id, id, mentor_id, from_date, until_date) on pairings to counter;

create policy counter_selects on units for select to counter
  using (true);
grant select on units to counter;

-- Duties: what was done per period, and closed periods.

create table duty_progress (
  school_id uuid not null,
  student_id uuid not null,
  rule integer not null,
  period date not null,
  scope text collate "C" not null,
  secrecy smallint not null,
  done smallint not null default 0,
  parts smallint not null default 0,
  met boolean not null default false,
  reviewed boolean not null default false,
  first_on date,
  last_on date,
  primary key (school_id, student_id, rule, period),
  foreign key (school_id, student_id, scope) references students (school_id, id, scope) deferrable initially deferred
);

comment on table duty_progress is 'What was done for a duty in a period. What is due is derived from classes and rules, never stored.';

comment on column duty_progress.period is 'First day of the period; 1900-01-01 for a standing duty.';

comment on column duty_progress.parts is 'Bits of the parts already done, for a duty of several parts.';

alter table duty_progress enable row level security;

create index duty_progress_scope on duty_progress (scope, rule, period);

create index duty_progress_student on duty_progress (student_id);

-- Whoever may record for a student may move its progress; the operation decides which. A mentor and a class teacher write here too.

create policy app_selects on duty_progress for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1'))
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2'))
    or (scope = any(current_setting('app.classes')::text[]))
    or (student_id = any(current_setting('app.students')::uuid[]))
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant select on duty_progress to app;

create policy app_inserts on duty_progress for insert to app
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1'))
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2'))
    or (scope = any(current_setting('app.classes')::text[]))
    or (student_id = any(current_setting('app.students')::uuid[]))
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant insert (school_id, student_id, rule, period, scope, secrecy, done, parts, met, reviewed, first_on, last_on) on duty_progress to app;

create policy app_updates on duty_progress for update to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1'))
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2'))
    or (scope = any(current_setting('app.classes')::text[]))
    or (student_id = any(current_setting('app.students')::uuid[]))
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1'))
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2'))
    or (scope = any(current_setting('app.classes')::text[]))
    or (student_id = any(current_setting('app.students')::uuid[]))
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant update (done, parts, met, reviewed, first_on, last_on) on duty_progress to app;

create policy importer_selects on duty_progress for select to importer
  using (true);

create policy importer_inserts on duty_progress for insert to importer
  with check (true);

create policy importer_updates on duty_progress for update to importer
  using (true)
  with check (true);

grant select on duty_progress to importer;

grant insert (school_id, student_id, rule, period, scope, secrecy, done, parts, met, reviewed, first_on, last_on) on duty_progress to importer;

grant update (school_id, student_id, rule, period, scope, secrecy, done, parts, met, reviewed, first_on, last_on) on duty_progress to importer;

create policy classifier_selects on duty_progress for select to classifier
  using (true);

create policy classifier_inserts on duty_progress for insert to classifier
  with check (true);

create policy classifier_updates on duty_progress for update to classifier
  using (true)
  with check (true);

create policy classifier_deletes on duty_progress for delete to classifier
  using (true);

grant select, delete on duty_progress to classifier;

grant insert (school_id, student_id, rule, period, scope, secrecy, done, parts, met, reviewed, first_on, last_on) on duty_progress to classifier;

grant update (school_id, student_id, rule, period, scope, secrecy, done, parts, met, reviewed, first_on, last_on) on duty_progress to classifier;

create table closed_periods (
  school_id uuid not null,
  rule integer not null,
  period date not null,
  scope text collate "C" not null,
  secrecy smallint not null,
  need integer not null,
  met integer not null,
  missed uuid[] not null,
  closed_at timestamptz not null default now(),
  primary key (school_id, rule, period)
);

comment on table closed_periods is 'A dutys period as it was when it closed, with those missed.';

alter table closed_periods enable row level security;

create index closed_periods_scope on closed_periods (scope);

create policy app_selects on closed_periods for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
  ));

grant select on closed_periods to app;

create policy classifier_selects on closed_periods for select to classifier
  using (true);

create policy classifier_inserts on closed_periods for insert to classifier
  with check (true);

grant select on closed_periods to classifier;

grant insert (school_id, rule, period, scope, secrecy, need, met, missed, closed_at) on closed_periods to classifier;

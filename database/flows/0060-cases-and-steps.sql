-- The flow engine: cases and their append-only steps.

create table flow_cases (
  school_id uuid not null,
  id uuid not null,
  flow text not null,
  student_id uuid,
  scope text collate "C" not null,
  secrecy smallint not null,
  state text not null,
  version integer not null default 1,
  opened_by uuid not null,
  opened_at timestamptz not null default now(),
  due_at timestamptz,
  closed_at timestamptz,
  payload jsonb not null default '{}',
  primary key (school_id, id)
);

comment on table flow_cases is 'Where a procedure about a student stands.';

comment on column flow_cases.payload is 'Coded outcome of the case (level, basis); no free text.';

alter table flow_cases enable row level security;

create index flow_cases_student on flow_cases (student_id);

create index flow_cases_scope on flow_cases (scope, flow, state);

create policy app_selects on flow_cases for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or opened_by = current_setting('app.actor')::uuid
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))));

grant select on flow_cases to app;

create policy app_inserts on flow_cases for insert to app
  with check (opened_by = current_setting('app.actor')::uuid and (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or opened_by = current_setting('app.actor')::uuid
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))));

grant insert (school_id, id, flow, student_id, scope, secrecy, state, version, opened_by, due_at, closed_at, payload) on flow_cases to app;

create policy app_updates on flow_cases for update to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or opened_by = current_setting('app.actor')::uuid
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or opened_by = current_setting('app.actor')::uuid
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))));

grant update (state, version, due_at, closed_at, payload) on flow_cases to app;

create policy importer_selects on flow_cases for select to importer
  using (true);

create policy importer_inserts on flow_cases for insert to importer
  with check (true);

create policy importer_updates on flow_cases for update to importer
  using (true)
  with check (true);

grant select on flow_cases to importer;

grant insert (school_id, id, flow, student_id, scope, secrecy, state, version, opened_by, opened_at, due_at, closed_at, payload) on flow_cases to importer;

grant update (school_id, id, flow, student_id, scope, secrecy, state, version, opened_by, opened_at, due_at, closed_at, payload) on flow_cases to importer;

create policy classifier_selects on flow_cases for select to classifier
  using (true);

grant select on flow_cases to classifier;

create table flow_steps (
  school_id uuid not null,
  case_id uuid not null,
  number integer not null,
  id uuid not null,
  flow text not null,
  student_id uuid,
  scope text collate "C" not null,
  secrecy smallint not null,
  move text not null,
  from_state text not null,
  to_state text not null,
  actor_id uuid not null,
  actor_name text not null,
  at timestamptz not null default clock_timestamp(),
  reason_cipher bytea,
  primary key (school_id, case_id, number),
  unique (school_id, id)
);

comment on table flow_steps is 'Every move of every case, append only.';

alter table flow_steps enable row level security;

create index flow_steps_scope on flow_steps (scope);

create index flow_steps_student on flow_steps (student_id);

create policy app_selects on flow_steps for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or actor_id = current_setting('app.actor')::uuid
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))));

grant select on flow_steps to app;

create policy app_inserts on flow_steps for insert to app
  with check (actor_id = current_setting('app.actor')::uuid and (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or actor_id = current_setting('app.actor')::uuid
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))));

grant insert (school_id, case_id, number, id, flow, student_id, scope, secrecy, move, from_state, to_state, actor_id, actor_name, reason_cipher) on flow_steps to app;

create policy importer_selects on flow_steps for select to importer
  using (true);

create policy importer_inserts on flow_steps for insert to importer
  with check (true);

create policy importer_updates on flow_steps for update to importer
  using (true)
  with check (true);

grant select on flow_steps to importer;

grant insert (school_id, case_id, number, id, flow, student_id, scope, secrecy, move, from_state, to_state, actor_id, actor_name, at, reason_cipher) on flow_steps to importer;

grant update (scope) on flow_steps to importer;

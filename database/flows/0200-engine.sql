-- The engine of flows: who acts next and by when, what was filled in, its files, and who is shut out of a case.

alter role app set app.desks = '{}';
alter role app set app.panels = '{}';

alter table flow_cases alter column student_id drop not null;

alter table flow_cases
  add column place text collate "C",
  add column applicant_id uuid,
  add column panel_id uuid,
  add column round_id uuid,
  add column desks text[] collate "C" not null default '{}',
  add column assigned uuid[] not null default '{}',
  add column excluded uuid[] not null default '{}',
  add column entered_at timestamptz not null default now(),
  add column content_cipher bytea,
  add column content_at timestamptz;

update flow_cases set place = scope;

alter table flow_cases alter column place set not null;

comment on column flow_cases.place is 'Unit path at which posts are asked and desks are found: the class of the student, or the unit that handles.';

comment on column flow_cases.applicant_id is 'The person whose request it is; the one who opened it may have written it for them.';

comment on column flow_cases.panel_id is 'The panel that deliberates; its members see the case while it sits.';

comment on column flow_cases.desks is 'Desks (path~post) that act now: who must act must see.';

comment on column flow_cases.assigned is 'People the case was given to by name.';

comment on column flow_cases.excluded is 'People who must not learn of the case, whatever their post: the person reported, relatives. [Z9 C19]';

comment on column flow_cases.content_cipher is 'The filled-in form, sealed.';

create index flow_cases_round on flow_cases (round_id, state) where round_id is not null;

create index flow_cases_panel on flow_cases (panel_id) where panel_id is not null;

create index flow_cases_opened_by on flow_cases (opened_by, opened_at);

create index flow_cases_applicant on flow_cases (applicant_id) where applicant_id is not null;

drop policy app_selects on flow_cases;

drop policy app_inserts on flow_cases;

drop policy app_updates on flow_cases;

revoke insert, update on flow_cases from app;

create policy app_selects on flow_cases for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
    or opened_by = current_setting('app.actor')::uuid
    or applicant_id = current_setting('app.actor')::uuid
    or panel_id = any(current_setting('app.panels')::uuid[])
    or desks && current_setting('app.desks')::text[]
    or assigned && array[current_setting('app.actor')::uuid]
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  and (excluded = '{}' or current_setting('app.actor')::uuid <> all(excluded)));

-- Cases are moved by the engine alone, after it asked who may; people never write the rows.

grant insert (place, applicant_id, panel_id, round_id, desks, assigned, excluded, entered_at, content_cipher, content_at) on flow_cases to importer;

grant update (place, applicant_id, panel_id, round_id, desks, assigned, excluded, entered_at, content_cipher, content_at) on flow_cases to importer;

alter table flow_steps
  add column excluded uuid[] not null default '{}',
  add column acting_for uuid,
  add column acting_for_name text,
  add column late boolean not null default false,
  add column coded jsonb not null default '{}',
  add column fields_cipher bytea;

comment on column flow_steps.acting_for is 'The person whose post the actor held by delegation.';

comment on column flow_steps.coded is 'What was filled in with the move, as far as it is coded: no free text.';

comment on column flow_steps.late is 'Made after the clock of the state ran out.';

create index flow_steps_actor on flow_steps (actor_id, at desc);

drop policy app_selects on flow_steps;

drop policy app_inserts on flow_steps;

revoke insert on flow_steps from app;

create policy app_selects on flow_steps for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
    or actor_id = current_setting('app.actor')::uuid
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  and (excluded = '{}' or current_setting('app.actor')::uuid <> all(excluded)));

grant insert (excluded, acting_for, acting_for_name, late, coded, fields_cipher) on flow_steps to importer;

create table flow_tasks (
  school_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  flow text not null,
  student_id uuid,
  scope text collate "C" not null,
  box smallint not null,
  desk text collate "C",
  person_id uuid,
  state text not null,
  opened_at timestamptz not null default now(),
  due_at timestamptz,
  order_at timestamptz not null generated always as (coalesce(due_at, 'infinity')) stored,
  warn_at timestamptz,
  warned_at timestamptz,
  escalated_at timestamptz,
  closed_at timestamptz,
  read_at timestamptz,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  check (box in (1, 2)),
  check (num_nonnulls(desk, person_id) = 1)
);

comment on table flow_tasks is 'What waits at which desk or for whom: 1 to act, 2 for information. Closed when the case moves on.';

comment on column flow_tasks.desk is 'path~post: whoever holds the post there finds it.';

alter table flow_tasks enable row level security;

create index flow_tasks_desk on flow_tasks (desk, box, order_at, id) where closed_at is null;

create index flow_tasks_person on flow_tasks (person_id, box, order_at, id) where closed_at is null;

create index flow_tasks_case on flow_tasks (school_id, case_id);

create index flow_tasks_student on flow_tasks (student_id);

create index flow_tasks_clock on flow_tasks (due_at) where closed_at is null and escalated_at is null;

create index flow_tasks_warning on flow_tasks (warn_at) where closed_at is null and warned_at is null;

create policy app_selects on flow_tasks for select to app
  using ((desk = any(current_setting('app.desks')::text[]) or person_id = current_setting('app.actor')::uuid)
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  and (excluded = '{}' or current_setting('app.actor')::uuid <> all(excluded)));

grant select on flow_tasks to app;

create policy app_updates on flow_tasks for update to app
  using ((desk = any(current_setting('app.desks')::text[]) or person_id = current_setting('app.actor')::uuid)
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  and (excluded = '{}' or current_setting('app.actor')::uuid <> all(excluded)))
  with check ((desk = any(current_setting('app.desks')::text[]) or person_id = current_setting('app.actor')::uuid)
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  and (excluded = '{}' or current_setting('app.actor')::uuid <> all(excluded)));

grant update (read_at) on flow_tasks to app;

create policy importer_selects on flow_tasks for select to importer
  using (true);

create policy importer_inserts on flow_tasks for insert to importer
  with check (true);

create policy importer_updates on flow_tasks for update to importer
  using (true)
  with check (true);

grant select on flow_tasks to importer;

grant insert (school_id, id, case_id, flow, student_id, scope, box, desk, person_id, state, opened_at, due_at, warn_at, excluded) on flow_tasks to importer;

grant update (scope, desk, person_id, due_at, warn_at, warned_at, escalated_at, closed_at, excluded) on flow_tasks to importer;

create table flow_files (
  school_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  student_id uuid,
  scope text collate "C" not null,
  secrecy smallint not null,
  author_id uuid not null,
  author_name text not null,
  purpose text not null,
  media_type text not null,
  byte_size integer not null,
  sha256 bytea not null,
  at timestamptz not null default now(),
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  check (purpose in ('material', 'signature', 'signed-paper', 'minutes')),
  check (media_type in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
  check (byte_size between 1 and 10485760)
);

comment on table flow_files is 'Materials, signatures and signed papers of cases; bytes lie encrypted in the file store by sha256, names are not kept.';

alter table flow_files enable row level security;

create index flow_files_case on flow_files (school_id, case_id);

create index flow_files_student on flow_files (student_id);

create index flow_files_author on flow_files (author_id);

create policy app_selects on flow_files for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
    or author_id = current_setting('app.actor')::uuid
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  and (excluded = '{}' or current_setting('app.actor')::uuid <> all(excluded)));

grant select on flow_files to app;

create policy importer_selects on flow_files for select to importer
  using (true);

create policy importer_inserts on flow_files for insert to importer
  with check (true);

create policy importer_updates on flow_files for update to importer
  using (true)
  with check (true);

grant select on flow_files to importer;

grant insert (school_id, id, case_id, student_id, scope, secrecy, author_id, author_name, purpose, media_type, byte_size, sha256, excluded) on flow_files to importer;

grant update (scope, excluded) on flow_files to importer;

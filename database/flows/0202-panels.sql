-- Panels: who sits, who is present, who stands aside, one ballot each on each case, results and minutes that stay. [C19]

create table flow_panels (
  id uuid not null,
  flow text not null,
  round_id uuid,
  unit_id uuid not null,
  unit_path text collate "C" not null,
  label text not null,
  least smallint not null,
  share smallint not null,
  convened_by uuid not null,
  convened_by_name text not null,
  convened_at timestamptz not null,
  closed_at timestamptz,
  primary key (id),
  check (least >= 1 and share between 1 and 100)
);

comment on table flow_panels is 'A panel that sits once over many cases; quorum as the pack stood when it was convened.';

alter table flow_panels enable row level security;

create index flow_panels_unit on flow_panels (unit_path, convened_at);

create policy app_selects on flow_panels for select to app
  using (id = any(current_setting('app.panels')::uuid[])
    or (unit_path >= current_setting('app.lo1') and unit_path < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 2)) <> 0)
    or (unit_path >= current_setting('app.lo2') and unit_path < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 2)) <> 0)
    or (unit_path = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 2)) <> 0));

grant select on flow_panels to app;

create policy importer_selects on flow_panels for select to importer
  using (true);

create policy importer_inserts on flow_panels for insert to importer
  with check (true);

create policy importer_updates on flow_panels for update to importer
  using (true)
  with check (true);

grant select on flow_panels to importer;

grant insert (id, flow, round_id, unit_id, unit_path, label, least, share, convened_by, convened_by_name, convened_at) on flow_panels to importer;

grant update (unit_path, closed_at) on flow_panels to importer;

create table flow_panel_members (
  panel_id uuid not null,
  seat uuid not null,
  person_id uuid,
  name text not null,
  side text not null,
  chair boolean not null,
  place smallint not null,
  present boolean not null default false,
  sits boolean not null default true,
  primary key (panel_id, seat),
  check (side in ('teacher', 'leader', 'parent', 'student', 'community'))
);

comment on table flow_panel_members is 'Seats of a panel. Without a person the member has no account and votes on paper.';

comment on column flow_panel_members.sits is 'The panel is open: its cases exist for the member. False once it closed.';

alter table flow_panel_members enable row level security;

create unique index flow_panel_members_person on flow_panel_members (panel_id, person_id) where person_id is not null;

create index flow_panel_members_sits on flow_panel_members (person_id) where sits;

create policy app_selects on flow_panel_members for select to app
  using (person_id = current_setting('app.actor')::uuid);

grant select on flow_panel_members to app;

create policy importer_selects on flow_panel_members for select to importer
  using (true);

create policy importer_inserts on flow_panel_members for insert to importer
  with check (true);

-- Once the panel closed, presence is minutes and nobody writes it anew.
create policy importer_updates on flow_panel_members for update to importer
  using (sits)
  with check (true);

grant select on flow_panel_members to importer;

grant insert (panel_id, seat, person_id, name, side, chair, place) on flow_panel_members to importer;

grant update (present, sits) on flow_panel_members to importer;

create table flow_panel_cases (
  school_id uuid not null,
  panel_id uuid not null,
  case_id uuid not null,
  number smallint not null,
  tied_choice smallint,
  tied_by uuid,
  tied_reason_cipher bytea,
  result smallint,
  votes jsonb,
  closed_at timestamptz,
  primary key (school_id, panel_id, case_id)
);

comment on table flow_panel_cases is 'What a panel came to on each case: number of ballots by choice, the chair''s written decision of a tie, the result.';

alter table flow_panel_cases enable row level security;

create index flow_panel_cases_panel on flow_panel_cases (panel_id, number);

create index flow_panel_cases_case on flow_panel_cases (case_id);

create policy importer_selects on flow_panel_cases for select to importer
  using (true);

create policy importer_inserts on flow_panel_cases for insert to importer
  with check (true);

-- A result stays as it was when the panel closed.
create policy importer_updates on flow_panel_cases for update to importer
  using (closed_at is null)
  with check (true);

grant select on flow_panel_cases to importer;

grant insert (school_id, panel_id, case_id, number) on flow_panel_cases to importer;

grant update (tied_choice, tied_by, tied_reason_cipher, result, votes, closed_at) on flow_panel_cases to importer;

create table flow_panel_asides (
  panel_id uuid not null,
  case_id uuid not null,
  seat uuid not null,
  why text not null,
  reason_cipher bytea,
  recorded_by uuid,
  recorded_at timestamptz not null default now(),
  primary key (panel_id, case_id, seat),
  check (why in ('own-child', 'household', 'contact', 'barred', 'mentor', 'class-teacher', 'declared'))
);

comment on table flow_panel_asides is 'Members who stand aside in a case: found by the program, or declared. Never taken back.';

alter table flow_panel_asides enable row level security;

create policy importer_selects on flow_panel_asides for select to importer
  using (true);

create policy importer_inserts on flow_panel_asides for insert to importer
  with check (true);

grant select on flow_panel_asides to importer;

grant insert (panel_id, case_id, seat, why, reason_cipher, recorded_by) on flow_panel_asides to importer;

create table flow_votes (
  panel_id uuid not null,
  case_id uuid not null,
  seat uuid not null,
  choice smallint,
  entered_by uuid not null,
  at timestamptz not null,
  primary key (panel_id, case_id, seat)
);

comment on table flow_votes is 'One ballot of one seat on one case; null abstains. The key counts a ballot once; none is changed or read by anybody.';

alter table flow_votes enable row level security;

create policy importer_selects on flow_votes for select to importer
  using (true);

create policy importer_inserts on flow_votes for insert to importer
  with check (true);

grant select on flow_votes to importer;

grant insert (panel_id, case_id, seat, choice, entered_by, at) on flow_votes to importer;

create table flow_panel_minutes (
  panel_id uuid not null,
  minutes_cipher bytea not null,
  minutes_sha256 bytea not null,
  closed_by uuid not null,
  closed_by_name text not null,
  closed_at timestamptz not null,
  primary key (panel_id)
);

comment on table flow_panel_minutes is 'Minutes as closed: presence, who stood aside, ballots and results with what the chair wrote, sealed with their digest. Never changed.';

alter table flow_panel_minutes enable row level security;

create policy importer_selects on flow_panel_minutes for select to importer
  using (true);

create policy importer_inserts on flow_panel_minutes for insert to importer
  with check (true);

grant select on flow_panel_minutes to importer;

grant insert (panel_id, minutes_cipher, minutes_sha256, closed_by, closed_by_name, closed_at) on flow_panel_minutes to importer;

-- Whoever stands aside finds neither the case nor its steps; somebody admitted becomes a student with a number.
grant update (excluded, student_id) on flow_steps to importer;

grant update (student_id) on flow_tasks to importer;

grant update (student_id) on flow_files to importer;

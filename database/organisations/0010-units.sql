-- The unit tree, its history, support centres and leadership groups, terms. [T2 C1 C21]

create table units (
  id uuid not null,
  parent_id uuid,
  path text collate "C" not null,
  kind text not null,
  name text not null,
  code text,
  region_code text,
  urban smallint,
  stage smallint,
  grade smallint,
  school_id uuid,
  sort integer not null default 0,
  opened_on date,
  closed_on date,
  primary key (id),
  unique (path)
);

comment on table units is 'The unit tree from province to class. Not secret: every signed-in person may see which units exist.';

comment on column units.path is 'Short unit ids from the root, each ended by a dot; never area codes, which are renamed.';

comment on column units.code is '学校(机构)标识码, ten digits.';

comment on column units.region_code is 'GB/T 2260 code.';

comment on column units.urban is '1 城区, 2 镇区, 3 乡村.';

comment on column units.school_id is 'The school this unit is or belongs to.';

alter table units enable row level security;

create index units_parent on units (parent_id, sort, name);

create index units_school on units (school_id);

create index units_code on units (code);

create index units_name on units (name);

create policy app_selects on units for select to app
  using (true);

grant select on units to app;

-- Officers of a unit may keep the units below it.

create policy app_inserts on units for insert to app
  with check ((path >= current_setting('app.keep_lo') and path < current_setting('app.keep_hi')));

grant insert (id, parent_id, path, kind, name, code, region_code, urban, stage, grade, school_id, sort, opened_on, closed_on) on units to app;

create policy app_updates on units for update to app
  using ((path >= current_setting('app.keep_lo') and path < current_setting('app.keep_hi')))
  with check ((path >= current_setting('app.keep_lo') and path < current_setting('app.keep_hi')));

grant update (parent_id, path, kind, name, code, region_code, urban, stage, grade, sort, opened_on, closed_on) on units to app;

create policy importer_selects on units for select to importer
  using (true);

create policy importer_inserts on units for insert to importer
  with check (true);

create policy importer_updates on units for update to importer
  using (true)
  with check (true);

grant select on units to importer;

grant insert (id, parent_id, path, kind, name, code, region_code, urban, stage, grade, school_id, sort, opened_on, closed_on) on units to importer;

grant update (id, parent_id, path, kind, name, code, region_code, urban, stage, grade, school_id, sort, opened_on, closed_on) on units to importer;

create policy classifier_selects on units for select to classifier
  using (true);

grant select on units to classifier;

create table unit_history (
  id uuid not null,
  unit_id uuid not null,
  change text not null,
  from_date date not null,
  until_date date not null,
  name text not null,
  parent_id uuid,
  path text collate "C" not null,
  into_unit_id uuid,
  document text,
  recorded_by uuid,
  recorded_at timestamptz not null default now(),
  primary key (id),
  check (change in ('renamed', 'moved', 'merged', 'closed', 'reopened'))
);

comment on table unit_history is 'What a unit was before it was renamed, moved, merged or closed.';

alter table unit_history enable row level security;

create index unit_history_unit on unit_history (unit_id, until_date);

create policy app_selects on unit_history for select to app
  using (true);

grant select on unit_history to app;

create policy app_inserts on unit_history for insert to app
  with check ((path >= current_setting('app.keep_lo') and path < current_setting('app.keep_hi')));

grant insert (id, unit_id, change, from_date, until_date, name, parent_id, path, into_unit_id, document, recorded_by) on unit_history to app;

create table bodies (
  id uuid not null,
  unit_id uuid not null,
  scope text collate "C" not null,
  kind text not null,
  name text not null,
  place text,
  document text,
  from_date date not null,
  until_date date,
  primary key (id),
  check (kind in ('support-centre', 'leadership-group'))
);

comment on table bodies is 'Support centres (学生发展支持中心) and leadership groups (资助工作领导小组) of units. [C1 C21]';

alter table bodies enable row level security;

create index bodies_unit on bodies (unit_id);

create index bodies_scope on bodies (scope);

create policy app_selects on bodies for select to app
  using (true);

grant select on bodies to app;

create policy app_inserts on bodies for insert to app
  with check ((scope >= current_setting('app.keep_lo') and scope < current_setting('app.keep_hi')));

grant insert (id, unit_id, scope, kind, name, place, document, from_date, until_date) on bodies to app;

create policy app_updates on bodies for update to app
  using ((scope >= current_setting('app.keep_lo') and scope < current_setting('app.keep_hi')))
  with check ((scope >= current_setting('app.keep_lo') and scope < current_setting('app.keep_hi')));

grant update (name, place, document, until_date) on bodies to app;

create policy importer_selects on bodies for select to importer
  using (true);

create policy importer_inserts on bodies for insert to importer
  with check (true);

grant select on bodies to importer;

grant insert (id, unit_id, scope, kind, name, place, document, from_date, until_date) on bodies to importer;

create policy classifier_selects on bodies for select to classifier
  using (true);

grant select on bodies to classifier;

create table body_members (
  id uuid not null,
  body_id uuid not null,
  scope text collate "C" not null,
  person_id uuid not null,
  role text not null,
  from_date date not null,
  until_date date,
  primary key (id),
  check (role in ('head', 'deputy', 'member'))
);

comment on table body_members is 'Members of centres and groups with dates.';

alter table body_members enable row level security;

create index body_members_body on body_members (body_id);

create policy app_selects on body_members for select to app
  using (true);

grant select on body_members to app;

create policy app_inserts on body_members for insert to app
  with check ((scope >= current_setting('app.keep_lo') and scope < current_setting('app.keep_hi')));

grant insert (id, body_id, scope, person_id, role, from_date, until_date) on body_members to app;

create policy app_updates on body_members for update to app
  using ((scope >= current_setting('app.keep_lo') and scope < current_setting('app.keep_hi')))
  with check ((scope >= current_setting('app.keep_lo') and scope < current_setting('app.keep_hi')));

grant update (until_date) on body_members to app;

create policy importer_selects on body_members for select to importer
  using (true);

create policy importer_inserts on body_members for insert to importer
  with check (true);

grant select on body_members to importer;

grant insert (id, body_id, scope, person_id, role, from_date, until_date) on body_members to importer;

create policy classifier_selects on body_members for select to classifier
  using (true);

grant select on body_members to classifier;

create table school_terms (
  unit_id uuid not null,
  school_year smallint not null,
  term smallint not null,
  starts_on date not null,
  ends_on date not null,
  primary key (unit_id, school_year, term)
);

comment on table school_terms is 'Terms of the school year; a unit without its own inherits from the unit above.';

alter table school_terms enable row level security;

create policy app_selects on school_terms for select to app
  using (true);

grant select on school_terms to app;

create policy importer_selects on school_terms for select to importer
  using (true);

create policy importer_inserts on school_terms for insert to importer
  with check (true);

grant select on school_terms to importer;

grant insert (unit_id, school_year, term, starts_on, ends_on) on school_terms to importer;

create policy classifier_selects on school_terms for select to classifier
  using (true);

grant select on school_terms to classifier;

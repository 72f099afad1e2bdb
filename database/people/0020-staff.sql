-- Staff, their posts and appointments. [T3 T7]

create table people (
  id uuid not null,
  home_unit_id uuid not null,
  scope text collate "C" not null,
  name text not null,
  name_key text not null,
  initials text not null,
  employee_number text,
  sex smallint,
  subject text,
  home_town text,
  skills text[] not null default '{}',
  left_on date,
  primary key (id)
);

comment on table people is 'Staff of schools and offices. Seen within their own unit tree.';

comment on column people.scope is 'Path of the unit they belong to.';

comment on column people.skills is 'What they can help with (帮扶方向).';

alter table people enable row level security;

create index people_scope on people (scope, name);

create index people_number on people (employee_number);

create index people_name on people (name_key);

create policy app_selects on people for select to app
  using ((scope >= current_setting('app.home_lo') and scope < current_setting('app.home_hi')) or (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1')) or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2')) or id = current_setting('app.actor')::uuid);

grant select on people to app;

create policy app_inserts on people for insert to app
  with check (scope >= current_setting('app.keep_lo') and scope < current_setting('app.keep_hi'));

grant insert (id, home_unit_id, scope, name, name_key, initials, employee_number, sex, subject, home_town, skills, left_on) on people to app;

create policy app_updates on people for update to app
  using (scope >= current_setting('app.keep_lo') and scope < current_setting('app.keep_hi'))
  with check (scope >= current_setting('app.keep_lo') and scope < current_setting('app.keep_hi'));

grant update (name, name_key, initials, employee_number, sex, subject, home_town, skills, left_on, home_unit_id, scope) on people to app;

create policy importer_selects on people for select to importer
  using (true);

create policy importer_inserts on people for insert to importer
  with check (true);

create policy importer_updates on people for update to importer
  using (true)
  with check (true);

grant select on people to importer;

grant insert (id, home_unit_id, scope, name, name_key, initials, employee_number, sex, subject, home_town, skills, left_on) on people to importer;

grant update (id, home_unit_id, scope, name, name_key, initials, employee_number, sex, subject, home_town, skills, left_on) on people to importer;

create policy classifier_selects on people for select to classifier
  using (true);

grant select on people to classifier;

create policy gate_selects on people for select to gate
  using (true);

grant select on people to gate;

create table people_contacts (
  person_id uuid not null,
  scope text collate "C" not null,
  mobile_cipher bytea,
  primary key (person_id)
);

comment on table people_contacts is 'Phones of staff, encrypted.';

alter table people_contacts enable row level security;

create policy app_selects on people_contacts for select to app
  using ((scope >= current_setting('app.keep_lo') and scope < current_setting('app.keep_hi')) or person_id = current_setting('app.actor')::uuid);

grant select on people_contacts to app;

create policy app_inserts on people_contacts for insert to app
  with check (scope >= current_setting('app.keep_lo') and scope < current_setting('app.keep_hi'));

grant insert (person_id, scope, mobile_cipher) on people_contacts to app;

create policy app_updates on people_contacts for update to app
  using (scope >= current_setting('app.keep_lo') and scope < current_setting('app.keep_hi'))
  with check (scope >= current_setting('app.keep_lo') and scope < current_setting('app.keep_hi'));

grant update (mobile_cipher) on people_contacts to app;

create policy importer_selects on people_contacts for select to importer
  using (true);

create policy importer_inserts on people_contacts for insert to importer
  with check (true);

create policy importer_updates on people_contacts for update to importer
  using (true)
  with check (true);

grant select on people_contacts to importer;

grant insert (person_id, scope, mobile_cipher) on people_contacts to importer;

grant update (person_id, scope, mobile_cipher) on people_contacts to importer;

create table appointments (
  id uuid not null,
  person_id uuid not null,
  unit_id uuid not null,
  scope text collate "C" not null,
  post text not null,
  from_date date not null,
  until_date date,
  protected_hours smallint,
  document text,
  primary key (id)
);

comment on table appointments is 'Who holds which post where, from when until when; several at once are usual in small schools. [T7]';

comment on column appointments.post is 'Post id of the policy packs (principal, school-aid-officer, class-teacher …).';

alter table appointments enable row level security;

create index appointments_unit on appointments (unit_id, post);

create index appointments_person on appointments (person_id);

create index appointments_scope on appointments (scope, post);

create policy app_selects on appointments for select to app
  using ((scope >= current_setting('app.home_lo') and scope < current_setting('app.home_hi')) or (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1')) or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2')) or person_id = current_setting('app.actor')::uuid);

grant select on appointments to app;

create policy app_inserts on appointments for insert to app
  with check (scope >= current_setting('app.keep_lo') and scope < current_setting('app.keep_hi'));

grant insert (id, person_id, unit_id, scope, post, from_date, until_date, protected_hours, document) on appointments to app;

create policy app_updates on appointments for update to app
  using (scope >= current_setting('app.keep_lo') and scope < current_setting('app.keep_hi'))
  with check (scope >= current_setting('app.keep_lo') and scope < current_setting('app.keep_hi'));

grant update (until_date) on appointments to app;

create policy importer_selects on appointments for select to importer
  using (true);

create policy importer_inserts on appointments for insert to importer
  with check (true);

create policy importer_updates on appointments for update to importer
  using (true)
  with check (true);

grant select on appointments to importer;

grant insert (id, person_id, unit_id, scope, post, from_date, until_date, protected_hours, document) on appointments to importer;

grant update (id, person_id, unit_id, scope, post, from_date, until_date, protected_hours, document) on appointments to importer;

create policy classifier_selects on appointments for select to classifier
  using (true);

grant select on appointments to classifier;

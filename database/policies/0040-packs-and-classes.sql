-- Policy packs, their adoption, and which student is in which class. [T1 C2]

create table policy_packs (
  issuer text not null,
  version text not null,
  name text not null,
  content jsonb not null,
  digest bytea not null,
  uploaded_by uuid,
  recorded_at timestamptz not null default now(),
  primary key (issuer, version)
);

comment on table policy_packs is 'Policy packs as loaded; what is in force is never edited.';

alter table policy_packs enable row level security;

create policy app_selects on policy_packs for select to app
  using (true);

grant select on policy_packs to app;

create policy importer_selects on policy_packs for select to importer
  using (true);

create policy importer_inserts on policy_packs for insert to importer
  with check (true);

grant select on policy_packs to importer;

grant insert (issuer, version, name, content, digest, uploaded_by, recorded_at) on policy_packs to importer;

create policy classifier_selects on policy_packs for select to classifier
  using (true);

grant select on policy_packs to classifier;

create table policy_rules (
  number integer not null,
  key text not null,
  kind text not null,
  secrecy smallint not null default 1,
  label text not null,
  primary key (number),
  unique (kind, key)
);

comment on table policy_rules is 'A small stable number for each rule ever loaded; arrays, spells, progress and sums speak of rules by it.';

comment on column policy_rules.key is 'issuer/rule-id';

comment on column policy_rules.kind is 'class, duty, coverage or record.';

alter table policy_rules enable row level security;

create policy app_selects on policy_rules for select to app
  using (true);

grant select on policy_rules to app;

create policy importer_selects on policy_rules for select to importer
  using (true);

create policy importer_inserts on policy_rules for insert to importer
  with check (true);

create policy importer_updates on policy_rules for update to importer
  using (true)
  with check (true);

grant select on policy_rules to importer;

grant insert (number, key, kind, secrecy, label) on policy_rules to importer;

grant update (number, key, kind, secrecy, label) on policy_rules to importer;

create policy classifier_selects on policy_rules for select to classifier
  using (true);

grant select on policy_rules to classifier;

create table pack_adoptions (
  id uuid not null,
  unit_id uuid not null,
  unit_path text collate "C" not null,
  issuer text not null,
  version text not null,
  from_date date not null,
  until_date date,
  adopted_by uuid,
  recorded_at timestamptz not null default now(),
  primary key (id)
);

comment on table pack_adoptions is 'Which unit adopted which pack from when; everything below inherits.';

alter table pack_adoptions enable row level security;

create index pack_adoptions_path on pack_adoptions (unit_path);

create policy app_selects on pack_adoptions for select to app
  using (true);

grant select on pack_adoptions to app;

create policy app_inserts on pack_adoptions for insert to app
  with check (unit_path >= current_setting('app.keep_lo') and unit_path < current_setting('app.keep_hi'));

grant insert (id, unit_id, unit_path, issuer, version, from_date, until_date, adopted_by) on pack_adoptions to app;

create policy app_updates on pack_adoptions for update to app
  using (unit_path >= current_setting('app.keep_lo') and unit_path < current_setting('app.keep_hi'))
  with check (unit_path >= current_setting('app.keep_lo') and unit_path < current_setting('app.keep_hi'));

grant update (until_date) on pack_adoptions to app;

create policy importer_selects on pack_adoptions for select to importer
  using (true);

create policy importer_inserts on pack_adoptions for insert to importer
  with check (true);

grant select on pack_adoptions to importer;

grant insert (id, unit_id, unit_path, issuer, version, from_date, until_date, adopted_by, recorded_at) on pack_adoptions to importer;

create policy classifier_selects on pack_adoptions for select to classifier
  using (true);

grant select on pack_adoptions to classifier;

create table classified (
  school_id uuid not null,
  student_id uuid not null,
  scope text collate "C" not null,
  yes integer[] not null,
  unknown integer[] not null,
  as_of date not null,
  primary key (school_id, student_id),
  foreign key (school_id, student_id, scope) references students (school_id, id, scope) deferrable initially deferred
);

comment on table classified is 'The classifiers working arrays. People read class_spells, never these.';

alter table classified enable row level security;

create policy classifier_selects on classified for select to classifier
  using (true);

create policy classifier_inserts on classified for insert to classifier
  with check (true);

create policy classifier_updates on classified for update to classifier
  using (true)
  with check (true);

create policy classifier_deletes on classified for delete to classifier
  using (true);

grant select, delete on classified to classifier;

grant insert (school_id, student_id, scope, yes, unknown, as_of) on classified to classifier;

grant update (school_id, student_id, scope, yes, unknown, as_of) on classified to classifier;

create policy importer_selects on classified for select to importer
  using (true);

create policy importer_updates on classified for update to importer
  using (true)
  with check (true);

grant select on classified to importer;

grant update (scope) on classified to importer;

create table class_spells (
  school_id uuid not null,
  student_id uuid not null,
  rule integer not null,
  since date not null,
  scope text collate "C" not null,
  secrecy smallint not null,
  until date,
  recorded_at timestamptz not null default now(),
  primary key (school_id, student_id, rule, since),
  foreign key (school_id, student_id, scope) references students (school_id, id, scope) deferrable initially deferred
);

comment on table class_spells is 'Which student is in which class, since when, until when.';

alter table class_spells enable row level security;

create index class_spells_open on class_spells (scope, rule) where until is null;

create index class_spells_rule on class_spells (school_id, rule) where until is null;

create index class_spells_student on class_spells (student_id);

create policy app_selects on class_spells for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant select on class_spells to app;

create policy classifier_selects on class_spells for select to classifier
  using (true);

create policy classifier_inserts on class_spells for insert to classifier
  with check (true);

create policy classifier_updates on class_spells for update to classifier
  using (true)
  with check (true);

create policy classifier_deletes on class_spells for delete to classifier
  using (true);

grant select, delete on class_spells to classifier;

grant insert (school_id, student_id, rule, since, scope, secrecy, until, recorded_at) on class_spells to classifier;

grant update (school_id, student_id, rule, since, scope, secrecy, until, recorded_at) on class_spells to classifier;

create policy importer_selects on class_spells for select to importer
  using (true);

create policy importer_updates on class_spells for update to importer
  using (true)
  with check (true);

grant select on class_spells to importer;

grant update (scope) on class_spells to importer;

-- The file of a student at a school, the people around the child, and facts with their sources by secrecy domain. [T1 C13 C24 G3]

create table students (
  school_id uuid not null,
  id uuid not null,
  scope text collate "C" not null,
  class_id uuid not null,
  stage smallint not null,
  grade smallint,
  name text not null,
  name_key text not null,
  initials text not null,
  number text,
  national_number text,
  sex smallint,
  birth_date date,
  status smallint not null default 1,
  entered_on date,
  left_on date,
  left_reason text,
  copied_from uuid,
  home_town text,
  household_id uuid,
  recorded_at timestamptz not null default now(),
  primary key (school_id, id),
  unique (school_id, id, scope)
);

comment on table students is 'The file of one person at one school. A transfer closes it and opens another with what goes along.';

comment on column students.scope is 'Path of the class: who may see the row.';

comment on column students.status is '1 在读, 2 休学, 3 转出, 4 毕业, 5 退学.';

comment on column students.name_key is 'Name for comparison: middle dots, spaces and width folded.';

comment on column students.initials is 'Pinyin initials.';

comment on column students.national_number is '全国学籍号.';

alter table students enable row level security;

create index students_id on students (id);

create index students_scope on students (scope, name);

create index students_class on students (class_id);

create index students_name on students (name_key);

create index students_initials on students (initials);

create index students_number on students (number);

create index students_household on students (household_id) where household_id is not null;

create policy app_selects on students for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 1::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 1::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 1::smallint)) <> 0)
    or (id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 1::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or id <> all(current_setting('app.barred')::uuid[])));

grant select on students to app;

create policy app_updates on students for update to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1'))
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2'))
    or (scope = any(current_setting('app.classes')::text[]))
  )
  and (current_setting('app.barred') = '{}' or id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1'))
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2'))
    or (scope = any(current_setting('app.classes')::text[]))
  )
  and (current_setting('app.barred') = '{}' or id <> all(current_setting('app.barred')::uuid[])));

grant update (scope, class_id, stage, grade, status, left_on, left_reason) on students to app;

create policy importer_selects on students for select to importer
  using (true);

create policy importer_inserts on students for insert to importer
  with check (true);

create policy importer_updates on students for update to importer
  using (true)
  with check (true);

grant select on students to importer;

grant insert (school_id, id, scope, class_id, stage, grade, name, name_key, initials, number, national_number, sex, birth_date, status, entered_on, left_on, left_reason, copied_from, home_town, household_id, recorded_at) on students to importer;

grant update (school_id, id, scope, class_id, stage, grade, name, name_key, initials, number, national_number, sex, birth_date, status, entered_on, left_on, left_reason, copied_from, home_town, household_id, recorded_at) on students to importer;

create policy classifier_selects on students for select to classifier
  using (true);

grant select on students to classifier;

create table student_identities (
  school_id uuid not null,
  student_id uuid not null,
  scope text collate "C" not null,
  kind smallint not null default 1,
  cipher bytea not null,
  primary key (school_id, student_id),
  foreign key (school_id, student_id, scope) references students (school_id, id, scope) deferrable initially deferred
);

comment on table student_identities is 'Identity numbers, encrypted; opened one by one, each opening in the audit log.';

comment on column student_identities.kind is '身份证件类型: 1 居民身份证, 6 香港, 7 澳门, 8 台湾, A 护照 as 10.';

alter table student_identities enable row level security;

create policy app_selects on student_identities for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 2::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 2::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 2::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 2::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant select on student_identities to app;

create policy importer_selects on student_identities for select to importer
  using (true);

create policy importer_inserts on student_identities for insert to importer
  with check (true);

create policy importer_updates on student_identities for update to importer
  using (true)
  with check (true);

grant select on student_identities to importer;

grant insert (school_id, student_id, scope, kind, cipher) on student_identities to importer;

grant update (school_id, student_id, scope, kind, cipher) on student_identities to importer;

create table identity_index (
  digest bytea not null,
  student_id uuid not null,
  school_id uuid not null,
  primary key (digest, school_id)
);

comment on table identity_index is 'Keyed digest of an identity number → the person, across schools. Importing finds persons by it; nobody reads it.';

alter table identity_index enable row level security;

create index identity_index_student on identity_index (student_id);

create policy importer_selects on identity_index for select to importer
  using (true);

create policy importer_inserts on identity_index for insert to importer
  with check (true);

create policy importer_updates on identity_index for update to importer
  using (true)
  with check (true);

create policy importer_deletes on identity_index for delete to importer
  using (true);

grant select, delete on identity_index to importer;

grant insert (digest, student_id, school_id) on identity_index to importer;

grant update (digest, student_id, school_id) on identity_index to importer;

create table name_pieces (
  piece text not null,
  scope text collate "C" not null,
  school_id uuid not null,
  student_id uuid not null,
  primary key (piece, scope, student_id),
  foreign key (school_id, student_id, scope) references students (school_id, id, scope) deferrable initially deferred
);

comment on table name_pieces is 'Pieces of names from the second character on, for search by equality prefix.';

alter table name_pieces enable row level security;

create policy app_selects on name_pieces for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 1::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 1::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 1::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 1::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant select on name_pieces to app;

create policy importer_selects on name_pieces for select to importer
  using (true);

create policy importer_inserts on name_pieces for insert to importer
  with check (true);

create policy importer_updates on name_pieces for update to importer
  using (true)
  with check (true);

create policy importer_deletes on name_pieces for delete to importer
  using (true);

grant select, delete on name_pieces to importer;

grant insert (piece, scope, school_id, student_id) on name_pieces to importer;

grant update (piece, scope, school_id, student_id) on name_pieces to importer;

create table households (
  id uuid not null,
  region_path text collate "C" not null,
  key_digest bytea not null,
  recorded_at timestamptz not null default now(),
  primary key (id),
  unique (key_digest)
);

comment on table households is 'A household as its own thing, shared by siblings wherever they study. Holds no personal data itself.';

alter table households enable row level security;

create policy app_selects on households for select to app
  using (true);

grant select on households to app;

create policy importer_selects on households for select to importer
  using (true);

create policy importer_inserts on households for insert to importer
  with check (true);

grant select on households to importer;

grant insert (id, region_path, key_digest, recorded_at) on households to importer;

create table student_households (
  school_id uuid not null,
  student_id uuid not null,
  scope text collate "C" not null,
  household_id uuid not null,
  head_name text,
  head_key text,
  town text,
  address_cipher bytea,
  primary key (school_id, student_id),
  foreign key (school_id, student_id, scope) references students (school_id, id, scope) deferrable initially deferred
);

comment on table student_households is 'The household a student lives in, as this school knows it.';

alter table student_households enable row level security;

create index student_households_household on student_households (household_id);

create index student_households_scope on student_households (scope);

create policy app_selects on student_households for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 2::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 2::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 2::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 2::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant select on student_households to app;

create policy app_inserts on student_households for insert to app
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1'))
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2'))
    or (scope = any(current_setting('app.classes')::text[]))
    or (student_id = any(current_setting('app.students')::uuid[]))
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant insert (school_id, student_id, scope, household_id, head_name, head_key, town, address_cipher) on student_households to app;

create policy app_updates on student_households for update to app
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

grant update (household_id, head_name, head_key, town, address_cipher, scope) on student_households to app;

create policy importer_selects on student_households for select to importer
  using (true);

create policy importer_inserts on student_households for insert to importer
  with check (true);

create policy importer_updates on student_households for update to importer
  using (true)
  with check (true);

grant select on student_households to importer;

grant insert (school_id, student_id, scope, household_id, head_name, head_key, town, address_cipher) on student_households to importer;

grant update (school_id, student_id, scope, household_id, head_name, head_key, town, address_cipher) on student_households to importer;

create table student_contacts (
  school_id uuid not null,
  student_id uuid not null,
  id uuid not null,
  scope text collate "C" not null,
  name text not null,
  name_key text not null,
  relation text,
  is_guardian boolean not null default false,
  is_caretaker boolean not null default false,
  custody text,
  contact_limit text not null default 'none',
  contact_reason_cipher bytea,
  phone_cipher bytea,
  from_date date,
  until_date date,
  recorded_by uuid,
  primary key (school_id, student_id, id),
  foreign key (school_id, student_id, scope) references students (school_id, id, scope) deferrable initially deferred,
  check (contact_limit in ('none', 'no-contact', 'supervised', 'ask-first'))
);

comment on table student_contacts is 'People around a child: guardian, caretaker (often not the same), others; custody, limits of contact, dates.';

alter table student_contacts enable row level security;

create index student_contacts_scope on student_contacts (scope);

create index student_contacts_student on student_contacts (student_id);

create index student_contacts_name on student_contacts (name_key);

create policy app_selects on student_contacts for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 2::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 2::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 2::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 2::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant select on student_contacts to app;

create policy app_inserts on student_contacts for insert to app
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1'))
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2'))
    or (scope = any(current_setting('app.classes')::text[]))
    or (student_id = any(current_setting('app.students')::uuid[]))
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))
  and recorded_by = current_setting('app.actor')::uuid);

grant insert (school_id, student_id, id, scope, name, name_key, relation, is_guardian, is_caretaker, custody, contact_limit, contact_reason_cipher, phone_cipher, from_date, until_date, recorded_by) on student_contacts to app;

create policy app_updates on student_contacts for update to app
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

grant update (name, name_key, relation, is_guardian, is_caretaker, custody, contact_limit, contact_reason_cipher, phone_cipher, from_date, until_date, recorded_by, scope) on student_contacts to app;

create policy importer_selects on student_contacts for select to importer
  using (true);

create policy importer_inserts on student_contacts for insert to importer
  with check (true);

create policy importer_updates on student_contacts for update to importer
  using (true)
  with check (true);

grant select on student_contacts to importer;

grant insert (school_id, student_id, id, scope, name, name_key, relation, is_guardian, is_caretaker, custody, contact_limit, contact_reason_cipher, phone_cipher, from_date, until_date, recorded_by) on student_contacts to importer;

grant update (school_id, student_id, id, scope, name, name_key, relation, is_guardian, is_caretaker, custody, contact_limit, contact_reason_cipher, phone_cipher, from_date, until_date, recorded_by) on student_contacts to importer;

create table fact_sources (
  id uuid not null,
  label text not null,
  kind text not null,
  unit_id uuid not null,
  unit_path text collate "C" not null,
  facts text[] not null,
  secrecy smallint not null,
  population text not null,
  replaces boolean not null,
  as_of date not null,
  import_id uuid,
  recorded_by uuid,
  recorded_at timestamptz not null default now(),
  primary key (id),
  check (population in ('all-residents', 'enrolled', 'screened', 'listed'))
);

comment on table fact_sources is 'Where facts come from: which list, of which population, speaking of which date, replacing the last one or adding to it.';

comment on column fact_sources.population is 'all-residents and enrolled: who is not on the list is no; screened: not asked; listed: unknown.';

alter table fact_sources enable row level security;

create index fact_sources_path on fact_sources (unit_path, as_of);

create policy app_selects on fact_sources for select to app
  using (true);

grant select on fact_sources to app;

create policy importer_selects on fact_sources for select to importer
  using (true);

create policy importer_inserts on fact_sources for insert to importer
  with check (true);

grant select on fact_sources to importer;

grant insert (id, label, kind, unit_id, unit_path, facts, secrecy, population, replaces, as_of, import_id, recorded_by, recorded_at) on fact_sources to importer;

create policy classifier_selects on fact_sources for select to classifier
  using (true);

grant select on fact_sources to classifier;

create table facts (
  school_id uuid not null,
  id uuid not null,
  student_id uuid not null,
  scope text collate "C" not null,
  fact text not null,
  secrecy smallint not null,
  value text,
  as_of date not null,
  valid_until date,
  source_id uuid,
  recorded_by uuid,
  recorded_at timestamptz not null default now(),
  superseded_at timestamptz,
  primary key (school_id, student_id, id),
  foreign key (school_id, student_id, scope) references students (school_id, id, scope) deferrable initially deferred
);

comment on table facts is 'History of facts about students, each with its source and date. What holds today stands in facts_<domain>.';

comment on column facts.value is 'As in the dictionary: true/false, code, integer, fen, yyyy-mm-dd; null says it became unknown.';

alter table facts enable row level security;

create index facts_scope on facts (scope, secrecy);

create index facts_current on facts (school_id, student_id, fact, as_of desc) where superseded_at is null;

create index facts_student on facts (student_id);

create policy app_selects on facts for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant select on facts to app;

create policy app_inserts on facts for insert to app
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))
  and recorded_by = current_setting('app.actor')::uuid);

grant insert (school_id, id, student_id, scope, fact, secrecy, value, as_of, valid_until, source_id, recorded_by) on facts to app;

create policy app_updates on facts for update to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant update (superseded_at) on facts to app;

create policy importer_selects on facts for select to importer
  using (true);

create policy importer_inserts on facts for insert to importer
  with check (true);

create policy importer_updates on facts for update to importer
  using (true)
  with check (true);

grant select on facts to importer;

grant insert (school_id, id, student_id, scope, fact, secrecy, value, as_of, valid_until, source_id, recorded_by, recorded_at, superseded_at) on facts to importer;

grant update (school_id, id, student_id, scope, fact, secrecy, value, as_of, valid_until, source_id, recorded_by, recorded_at, superseded_at) on facts to importer;

create policy classifier_selects on facts for select to classifier
  using (true);

grant select on facts to classifier;

create table facts_general (
  school_id uuid not null,
  student_id uuid not null,
  scope text collate "C" not null,
  boarding boolean,
  ethnicity boolean,
  primary key (school_id, student_id),
  foreign key (school_id, student_id, scope) references students (school_id, id, scope) deferrable initially deferred
);

comment on table facts_general is 'What holds today about students: 基本. One row per student.';

comment on column facts_general.boarding is '寄宿';

comment on column facts_general.ethnicity is '少数民族';

alter table facts_general enable row level security;

create index facts_general_scope on facts_general (scope);

create policy app_selects on facts_general for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 1::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 1::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 1::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 1::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant select on facts_general to app;

create policy app_inserts on facts_general for insert to app
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 1::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 1::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 1::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 1::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant insert (school_id, student_id, scope, boarding, ethnicity) on facts_general to app;

create policy app_updates on facts_general for update to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 1::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 1::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 1::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 1::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 1::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 1::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 1::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 1::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant update (scope, boarding, ethnicity) on facts_general to app;

create policy importer_selects on facts_general for select to importer
  using (true);

create policy importer_inserts on facts_general for insert to importer
  with check (true);

create policy importer_updates on facts_general for update to importer
  using (true)
  with check (true);

grant select on facts_general to importer;

grant insert (school_id, student_id, scope, boarding, ethnicity) on facts_general to importer;

grant update (school_id, student_id, scope, boarding, ethnicity) on facts_general to importer;

create policy classifier_selects on facts_general for select to classifier
  using (true);

grant select on facts_general to classifier;

create table facts_family (
  school_id uuid not null,
  student_id uuid not null,
  scope text collate "C" not null,
  hardship_level smallint,
  per_capita_income bigint,
  left_behind smallint,
  migrant_child boolean,
  single_parent boolean,
  sudden_hardship boolean,
  high_expectation boolean,
  household_size integer,
  primary key (school_id, student_id),
  foreign key (school_id, student_id, scope) references students (school_id, id, scope) deferrable initially deferred
);

comment on table facts_family is 'What holds today about students: 家庭与经济. One row per student.';

comment on column facts_family.hardship_level is '家庭经济困难等级';

comment on column facts_family.per_capita_income is '家庭人均年收入';

comment on column facts_family.left_behind is '留守情况';

comment on column facts_family.migrant_child is '随迁子女';

comment on column facts_family.single_parent is '单亲家庭';

comment on column facts_family.sudden_hardship is '突发严重困难';

comment on column facts_family.high_expectation is '期望高、学习压力大';

comment on column facts_family.household_size is '家庭人口';

alter table facts_family enable row level security;

create index facts_family_scope on facts_family (scope);

create policy app_selects on facts_family for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 2::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 2::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 2::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 2::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant select on facts_family to app;

create policy app_inserts on facts_family for insert to app
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 2::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 2::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 2::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 2::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant insert (school_id, student_id, scope, hardship_level, per_capita_income, left_behind, migrant_child, single_parent, sudden_hardship, high_expectation, household_size) on facts_family to app;

create policy app_updates on facts_family for update to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 2::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 2::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 2::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 2::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 2::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 2::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 2::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 2::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant update (scope, hardship_level, per_capita_income, left_behind, migrant_child, single_parent, sudden_hardship, high_expectation, household_size) on facts_family to app;

create policy importer_selects on facts_family for select to importer
  using (true);

create policy importer_inserts on facts_family for insert to importer
  with check (true);

create policy importer_updates on facts_family for update to importer
  using (true)
  with check (true);

grant select on facts_family to importer;

grant insert (school_id, student_id, scope, hardship_level, per_capita_income, left_behind, migrant_child, single_parent, sudden_hardship, high_expectation, household_size) on facts_family to importer;

grant update (school_id, student_id, scope, hardship_level, per_capita_income, left_behind, migrant_child, single_parent, sudden_hardship, high_expectation, household_size) on facts_family to importer;

create policy classifier_selects on facts_family for select to classifier
  using (true);

grant select on facts_family to classifier;

create table facts_groups (
  school_id uuid not null,
  student_id uuid not null,
  scope text collate "C" not null,
  dibao boolean,
  dibao_marginal boolean,
  destitute boolean,
  poverty_monitor smallint,
  monitor_risk_cleared boolean,
  orphan boolean,
  de_facto_unattended boolean,
  child_in_difficulty boolean,
  expenditure_hardship boolean,
  other_low_income boolean,
  disabled_parent boolean,
  martyr_child boolean,
  fallen_servant_child boolean,
  hardship_worker_child boolean,
  primary key (school_id, student_id),
  foreign key (school_id, student_id, scope) references students (school_id, id, scope) deferrable initially deferred
);

comment on table facts_groups is 'What holds today about students: 特殊群体. One row per student.';

comment on column facts_groups.dibao is '低保';

comment on column facts_groups.dibao_marginal is '低保边缘';

comment on column facts_groups.destitute is '特困供养';

comment on column facts_groups.poverty_monitor is '防止返贫监测';

comment on column facts_groups.monitor_risk_cleared is '监测风险已消除';

comment on column facts_groups.orphan is '孤儿';

comment on column facts_groups.de_facto_unattended is '事实无人抚养';

comment on column facts_groups.child_in_difficulty is '困境儿童';

comment on column facts_groups.expenditure_hardship is '支出型困难家庭';

comment on column facts_groups.other_low_income is '其他低收入家庭';

comment on column facts_groups.disabled_parent is '残疾人子女';

comment on column facts_groups.martyr_child is '烈士或优抚对象子女';

comment on column facts_groups.fallen_servant_child is '因公牺牲人员子女';

comment on column facts_groups.hardship_worker_child is '特困职工子女';

alter table facts_groups enable row level security;

create index facts_groups_scope on facts_groups (scope);

create policy app_selects on facts_groups for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 3::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 3::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 3::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 3::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant select on facts_groups to app;

create policy app_inserts on facts_groups for insert to app
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 3::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 3::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 3::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 3::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant insert (school_id, student_id, scope, dibao, dibao_marginal, destitute, poverty_monitor, monitor_risk_cleared, orphan, de_facto_unattended, child_in_difficulty, expenditure_hardship, other_low_income, disabled_parent, martyr_child, fallen_servant_child, hardship_worker_child) on facts_groups to app;

create policy app_updates on facts_groups for update to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 3::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 3::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 3::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 3::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 3::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 3::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 3::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 3::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant update (scope, dibao, dibao_marginal, destitute, poverty_monitor, monitor_risk_cleared, orphan, de_facto_unattended, child_in_difficulty, expenditure_hardship, other_low_income, disabled_parent, martyr_child, fallen_servant_child, hardship_worker_child) on facts_groups to app;

create policy importer_selects on facts_groups for select to importer
  using (true);

create policy importer_inserts on facts_groups for insert to importer
  with check (true);

create policy importer_updates on facts_groups for update to importer
  using (true)
  with check (true);

grant select on facts_groups to importer;

grant insert (school_id, student_id, scope, dibao, dibao_marginal, destitute, poverty_monitor, monitor_risk_cleared, orphan, de_facto_unattended, child_in_difficulty, expenditure_hardship, other_low_income, disabled_parent, martyr_child, fallen_servant_child, hardship_worker_child) on facts_groups to importer;

grant update (school_id, student_id, scope, dibao, dibao_marginal, destitute, poverty_monitor, monitor_risk_cleared, orphan, de_facto_unattended, child_in_difficulty, expenditure_hardship, other_low_income, disabled_parent, martyr_child, fallen_servant_child, hardship_worker_child) on facts_groups to importer;

create policy classifier_selects on facts_groups for select to classifier
  using (true);

grant select on facts_groups to classifier;

create table facts_health (
  school_id uuid not null,
  student_id uuid not null,
  scope text collate "C" not null,
  disability_kind smallint,
  disability_level smallint,
  chronic_illness boolean,
  primary key (school_id, student_id),
  foreign key (school_id, student_id, scope) references students (school_id, id, scope) deferrable initially deferred
);

comment on table facts_health is 'What holds today about students: 健康与残疾. One row per student.';

comment on column facts_health.disability_kind is '残疾类别';

comment on column facts_health.disability_level is '残疾等级';

comment on column facts_health.chronic_illness is '先天疾病或体质特殊';

alter table facts_health enable row level security;

create index facts_health_scope on facts_health (scope);

create policy app_selects on facts_health for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 4::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 4::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 4::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 4::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant select on facts_health to app;

create policy app_inserts on facts_health for insert to app
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 4::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 4::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 4::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 4::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant insert (school_id, student_id, scope, disability_kind, disability_level, chronic_illness) on facts_health to app;

create policy app_updates on facts_health for update to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 4::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 4::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 4::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 4::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 4::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 4::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 4::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 4::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant update (scope, disability_kind, disability_level, chronic_illness) on facts_health to app;

create policy importer_selects on facts_health for select to importer
  using (true);

create policy importer_inserts on facts_health for insert to importer
  with check (true);

create policy importer_updates on facts_health for update to importer
  using (true)
  with check (true);

grant select on facts_health to importer;

grant insert (school_id, student_id, scope, disability_kind, disability_level, chronic_illness) on facts_health to importer;

grant update (school_id, student_id, scope, disability_kind, disability_level, chronic_illness) on facts_health to importer;

create policy classifier_selects on facts_health for select to classifier
  using (true);

grant select on facts_health to classifier;

create table facts_psychology (
  school_id uuid not null,
  student_id uuid not null,
  scope text collate "C" not null,
  screening_level smallint,
  screened_on date,
  primary key (school_id, student_id),
  foreign key (school_id, student_id, scope) references students (school_id, id, scope) deferrable initially deferred
);

comment on table facts_psychology is 'What holds today about students: 心理. One row per student.';

comment on column facts_psychology.screening_level is '心理普测等级';

comment on column facts_psychology.screened_on is '心理普测日期';

alter table facts_psychology enable row level security;

create index facts_psychology_scope on facts_psychology (scope);

create policy app_selects on facts_psychology for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 5::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 5::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 5::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 5::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant select on facts_psychology to app;

create policy app_inserts on facts_psychology for insert to app
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 5::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 5::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 5::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 5::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant insert (school_id, student_id, scope, screening_level, screened_on) on facts_psychology to app;

create policy app_updates on facts_psychology for update to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 5::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 5::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 5::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 5::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 5::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 5::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 5::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 5::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant update (scope, screening_level, screened_on) on facts_psychology to app;

create policy importer_selects on facts_psychology for select to importer
  using (true);

create policy importer_inserts on facts_psychology for insert to importer
  with check (true);

create policy importer_updates on facts_psychology for update to importer
  using (true)
  with check (true);

grant select on facts_psychology to importer;

grant insert (school_id, student_id, scope, screening_level, screened_on) on facts_psychology to importer;

grant update (school_id, student_id, scope, screening_level, screened_on) on facts_psychology to importer;

create policy classifier_selects on facts_psychology for select to classifier
  using (true);

grant select on facts_psychology to classifier;

create table facts_protection (
  school_id uuid not null,
  student_id uuid not null,
  scope text collate "C" not null,
  guardianship_lacking boolean,
  harmed boolean,
  family_education_lacking boolean,
  conduct_deviation boolean,
  key_student boolean,
  primary key (school_id, student_id),
  foreign key (school_id, student_id, scope) references students (school_id, id, scope) deferrable initially deferred
);

comment on table facts_protection is 'What holds today about students: 重点关爱与监护. One row per student.';

comment on column facts_protection.guardianship_lacking is '监护缺失或不当';

comment on column facts_protection.harmed is '受侵害';

comment on column facts_protection.family_education_lacking is '家庭教育缺失';

comment on column facts_protection.conduct_deviation is '品行偏差';

comment on column facts_protection.key_student is '重点帮扶对象';

alter table facts_protection enable row level security;

create index facts_protection_scope on facts_protection (scope);

create policy app_selects on facts_protection for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 6::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 6::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 6::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 6::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant select on facts_protection to app;

create policy app_inserts on facts_protection for insert to app
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 6::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 6::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 6::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 6::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant insert (school_id, student_id, scope, guardianship_lacking, harmed, family_education_lacking, conduct_deviation, key_student) on facts_protection to app;

create policy app_updates on facts_protection for update to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 6::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 6::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 6::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 6::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 6::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 6::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 6::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 6::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant update (scope, guardianship_lacking, harmed, family_education_lacking, conduct_deviation, key_student) on facts_protection to app;

create policy importer_selects on facts_protection for select to importer
  using (true);

create policy importer_inserts on facts_protection for insert to importer
  with check (true);

create policy importer_updates on facts_protection for update to importer
  using (true)
  with check (true);

grant select on facts_protection to importer;

grant insert (school_id, student_id, scope, guardianship_lacking, harmed, family_education_lacking, conduct_deviation, key_student) on facts_protection to importer;

grant update (school_id, student_id, scope, guardianship_lacking, harmed, family_education_lacking, conduct_deviation, key_student) on facts_protection to importer;

create policy classifier_selects on facts_protection for select to classifier
  using (true);

grant select on facts_protection to classifier;

create table facts_schooling (
  school_id uuid not null,
  student_id uuid not null,
  scope text collate "C" not null,
  inclusive_class boolean,
  exam_total integer,
  exam_class_percent integer,
  exam_failed integer,
  not_registered boolean,
  absence_reason smallint,
  job_difficulty boolean,
  primary key (school_id, student_id),
  foreign key (school_id, student_id, scope) references students (school_id, id, scope) deferrable initially deferred
);

comment on table facts_schooling is 'What holds today about students: 学业与在校. One row per student.';

comment on column facts_schooling.inclusive_class is '随班就读';

comment on column facts_schooling.exam_total is '最近一次考试总分';

comment on column facts_schooling.exam_class_percent is '最近一次考试班内位次百分比';

comment on column facts_schooling.exam_failed is '最近一次考试不及格科数';

comment on column facts_schooling.not_registered is '本学期未按时报到';

comment on column facts_schooling.absence_reason is '未报到原因';

comment on column facts_schooling.job_difficulty is '就业困难';

alter table facts_schooling enable row level security;

create index facts_schooling_scope on facts_schooling (scope);

create policy app_selects on facts_schooling for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 7::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 7::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 7::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 7::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant select on facts_schooling to app;

create policy app_inserts on facts_schooling for insert to app
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 7::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 7::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 7::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 7::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant insert (school_id, student_id, scope, inclusive_class, exam_total, exam_class_percent, exam_failed, not_registered, absence_reason, job_difficulty) on facts_schooling to app;

create policy app_updates on facts_schooling for update to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 7::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 7::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 7::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 7::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 7::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 7::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 7::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 7::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant update (scope, inclusive_class, exam_total, exam_class_percent, exam_failed, not_registered, absence_reason, job_difficulty) on facts_schooling to app;

create policy importer_selects on facts_schooling for select to importer
  using (true);

create policy importer_inserts on facts_schooling for insert to importer
  with check (true);

create policy importer_updates on facts_schooling for update to importer
  using (true)
  with check (true);

grant select on facts_schooling to importer;

grant insert (school_id, student_id, scope, inclusive_class, exam_total, exam_class_percent, exam_failed, not_registered, absence_reason, job_difficulty) on facts_schooling to importer;

grant update (school_id, student_id, scope, inclusive_class, exam_total, exam_class_percent, exam_failed, not_registered, absence_reason, job_difficulty) on facts_schooling to importer;

create policy classifier_selects on facts_schooling for select to classifier
  using (true);

grant select on facts_schooling to classifier;

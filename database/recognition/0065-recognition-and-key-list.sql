-- Recognised hardship and confirmed key students. [C2 C6 C8 G3]

create table recognitions (
  school_id uuid not null,
  id uuid not null,
  student_id uuid not null,
  scope text collate "C" not null,
  level smallint not null,
  school_year smallint not null,
  from_date date not null,
  until_date date not null,
  basis text not null,
  source_id uuid,
  case_id uuid not null,
  decided_by uuid not null,
  decided_by_name text not null,
  decided_at timestamptz not null default now(),
  ended_on date,
  ended_reason text,
  primary key (school_id, student_id, id),
  foreign key (school_id, student_id, scope) references students (school_id, id, scope) deferrable initially deferred,
  check (level in (1, 21, 22)),
  check (basis in ('direct', 'trusted-list', 'panel'))
);

comment on table recognitions is 'Recognised hardship level per school year, with who decided it and on what basis. [C6 C8]';

comment on column recognitions.level is 'JY/T 1001 KNCD: 1 特别困难, 21 困难, 22 一般困难.';

alter table recognitions enable row level security;

create index recognitions_scope on recognitions (scope);

create index recognitions_student on recognitions (student_id);

create policy app_selects on recognitions for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 2::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 2::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 2::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 2::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant select on recognitions to app;

create policy app_inserts on recognitions for insert to app
  with check (decided_by = current_setting('app.actor')::uuid and (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 2::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 2::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 2::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 2::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant insert (school_id, id, student_id, scope, level, school_year, from_date, until_date, basis, source_id, case_id, decided_by, decided_by_name) on recognitions to app;

create policy app_updates on recognitions for update to app
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

grant update (ended_on, ended_reason) on recognitions to app;

create policy importer_selects on recognitions for select to importer
  using (true);

create policy importer_inserts on recognitions for insert to importer
  with check (true);

create policy importer_updates on recognitions for update to importer
  using (true)
  with check (true);

grant select on recognitions to importer;

grant insert (school_id, id, student_id, scope, level, school_year, from_date, until_date, basis, source_id, case_id, decided_by, decided_by_name, decided_at, ended_on, ended_reason) on recognitions to importer;

grant update (school_id, id, student_id, scope, level, school_year, from_date, until_date, basis, source_id, case_id, decided_by, decided_by_name, decided_at, ended_on, ended_reason) on recognitions to importer;

create policy classifier_selects on recognitions for select to classifier
  using (true);

grant select on recognitions to classifier;

create table key_listings (
  school_id uuid not null,
  id uuid not null,
  student_id uuid not null,
  scope text collate "C" not null,
  from_date date not null,
  until_date date,
  difficulties smallint[] not null default '{}',
  care_text_cipher bytea,
  case_id uuid not null,
  confirmed_by uuid not null,
  confirmed_by_name text not null,
  confirmed_at timestamptz not null default now(),
  primary key (school_id, student_id, id),
  foreign key (school_id, student_id, scope) references students (school_id, id, scope) deferrable initially deferred
);

comment on table key_listings is 'Confirmed key students (重点帮扶对象). Never published; seen by the care team and the leaders the pack names. [C2 G3]';

comment on column key_listings.difficulties is '1 心理 2 品行 3 学业 4 就业 5 综合素养 6 家庭教育 7 特殊教育.';

alter table key_listings enable row level security;

create index key_listings_scope on key_listings (scope);

create index key_listings_student on key_listings (student_id);

create policy app_selects on key_listings for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 6::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 6::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 6::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 6::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant select on key_listings to app;

create policy app_inserts on key_listings for insert to app
  with check (confirmed_by = current_setting('app.actor')::uuid and (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 6::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 6::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 6::smallint)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 6::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant insert (school_id, id, student_id, scope, from_date, until_date, difficulties, care_text_cipher, case_id, confirmed_by, confirmed_by_name) on key_listings to app;

create policy app_updates on key_listings for update to app
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

grant update (until_date) on key_listings to app;

create policy importer_selects on key_listings for select to importer
  using (true);

create policy importer_inserts on key_listings for insert to importer
  with check (true);

create policy importer_updates on key_listings for update to importer
  using (true)
  with check (true);

grant select on key_listings to importer;

grant insert (school_id, id, student_id, scope, from_date, until_date, difficulties, care_text_cipher, case_id, confirmed_by, confirmed_by_name, confirmed_at) on key_listings to importer;

grant update (school_id, id, student_id, scope, from_date, until_date, difficulties, care_text_cipher, case_id, confirmed_by, confirmed_by_name, confirmed_at) on key_listings to importer;

create policy classifier_selects on key_listings for select to classifier
  using (true);

grant select on key_listings to classifier;

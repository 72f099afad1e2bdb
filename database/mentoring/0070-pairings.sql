-- Mentors and their students. [C16 T3]

create table pairings (
  school_id uuid not null,
  id uuid not null,
  student_id uuid not null,
  scope text collate "C" not null,
  mentor_id uuid not null,
  mentor_name text not null,
  from_date date not null,
  until_date date,
  ended_reason text,
  appointed_by uuid not null,
  recorded_at timestamptz not null default now(),
  primary key (school_id, student_id, id),
  foreign key (school_id, student_id, scope) references students (school_id, id, scope) deferrable initially deferred
);

comment on table pairings is 'Mentor and student. Opens the students file to the mentor from the next request on. [C16 T3]';

alter table pairings enable row level security;

create index pairings_mentor on pairings (mentor_id);

create index pairings_scope on pairings (scope);

create index pairings_student on pairings (student_id);

-- That a student has a mentor names a key student in most packs: protection domain, and the mentor himself.

create policy app_selects on pairings for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 6::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 6::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 6::smallint)) <> 0)
    or mentor_id = current_setting('app.actor')::uuid
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 6::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant select on pairings to app;

create policy app_inserts on pairings for insert to app
  with check (appointed_by = current_setting('app.actor')::uuid and (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 6::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 6::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 6::smallint)) <> 0)
    or mentor_id = current_setting('app.actor')::uuid
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 6::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant insert (school_id, id, student_id, scope, mentor_id, mentor_name, from_date, until_date, appointed_by) on pairings to app;

create policy app_updates on pairings for update to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 6::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 6::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 6::smallint)) <> 0)
    or mentor_id = current_setting('app.actor')::uuid
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 6::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 6::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 6::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 6::smallint)) <> 0)
    or mentor_id = current_setting('app.actor')::uuid
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 6::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant update (until_date, ended_reason) on pairings to app;

create policy importer_selects on pairings for select to importer
  using (true);

create policy importer_inserts on pairings for insert to importer
  with check (true);

create policy importer_updates on pairings for update to importer
  using (true)
  with check (true);

grant select on pairings to importer;

grant insert (school_id, id, student_id, scope, mentor_id, mentor_name, from_date, until_date, ended_reason, appointed_by, recorded_at) on pairings to importer;

grant update (school_id, id, student_id, scope, mentor_id, mentor_name, from_date, until_date, ended_reason, appointed_by, recorded_at) on pairings to importer;

create policy classifier_selects on pairings for select to classifier
  using (true);

grant select on pairings to classifier;

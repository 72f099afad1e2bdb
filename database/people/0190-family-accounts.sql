-- Families sign in: guardians and students, each seeing only the own child's file. [C6 G16 X7]

-- What a family account is ('guardian', 'student'); empty for staff. Its list of students holds the own children.
alter role app set app.family = '';

create table family_members (
  id uuid not null,
  kind text not null,
  name text not null,
  name_key text not null,
  scope text collate "C" not null,
  created_at timestamptz not null default now(),
  primary key (id),
  check (kind in ('guardian', 'student'))
);

comment on table family_members is 'Guardians and students who may sign in. They are no staff: no list, post or count of people holds them.';

comment on column family_members.scope is 'Path of the school that invited them, for the audit log; opens nothing.';

alter table family_members enable row level security;

create policy app_selects on family_members for select to app
  using (id = current_setting('app.actor')::uuid);

grant select on family_members to app;

create policy gate_selects on family_members for select to gate
  using (true);

grant select on family_members to gate;

create policy importer_selects on family_members for select to importer
  using (true);

create policy importer_inserts on family_members for insert to importer
  with check (true);

create policy importer_updates on family_members for update to importer
  using (true)
  with check (true);

grant select on family_members to importer;

grant insert (id, kind, name, name_key, scope) on family_members to importer;

grant update (name, name_key, scope) on family_members to importer;

create table family_links (
  school_id uuid not null,
  student_id uuid not null,
  person_id uuid not null,
  scope text collate "C" not null,
  contact_id uuid,
  invited_by uuid not null,
  invited_at timestamptz not null default now(),
  primary key (school_id, student_id, person_id),
  foreign key (school_id, student_id, scope) references students (school_id, id, scope) deferrable initially deferred
);

comment on table family_links is 'Whose file a family account belongs to. What it opens follows from the contact each time rights are written: guardian, no limit of contact, in force.';

comment on column family_links.contact_id is 'The guardian among the contacts of the child; null for the student itself.';

alter table family_links enable row level security;

create index family_links_person on family_links (person_id);

create index family_links_scope on family_links (scope);

create index family_links_student on family_links (student_id);

create policy app_selects on family_links for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 2::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 2::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 2::smallint)) <> 0)
    or person_id = current_setting('app.actor')::uuid
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant select on family_links to app;

create policy importer_selects on family_links for select to importer
  using (true);

create policy importer_inserts on family_links for insert to importer
  with check (true);

create policy importer_updates on family_links for update to importer
  using (true)
  with check (true);

grant select on family_links to importer;

grant insert (school_id, student_id, person_id, scope, contact_id, invited_by) on family_links to importer;

grant update (scope, contact_id) on family_links to importer;

-- A family signs in with its account or its phone, found by a keyed digest; a one-time code ends by itself.

alter table accounts add column phone_digest bytea;

alter table accounts add column code_until timestamptz;

comment on column accounts.phone_digest is 'Keyed digest of the phone a family signs in with; one account per phone.';

comment on column accounts.code_until is 'Until when a one-time password opens the account; null for one told to staff.';

create unique index accounts_phone on accounts (phone_digest) where phone_digest is not null;

grant insert (phone_digest, code_until) on accounts to importer;

grant update (phone_digest, code_until) on accounts to importer;

-- A record is opened to the family only where its kind says so; none is otherwise, whoever wrote it.

alter table records add column open_to_family boolean not null default false;

comment on column records.open_to_family is 'The kind of this record is open to the student and the guardians.';

-- The list of students opens to a family the child, its general and family facts and its recognised level. Everything
-- else a list opens (to a mentor) is closed to families: other contacts, the address, records and photographs, classes,
-- progress, and every way to write about the child beside a procedure. Their masks hold no other domain.

alter policy app_selects on student_identities
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 2::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 2::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 2::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 2::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_selects on student_households
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 2::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 2::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 2::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 2::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_inserts on student_households
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1'))
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2'))
    or (scope = any(current_setting('app.classes')::text[]))
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]))
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_updates on student_households
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1'))
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2'))
    or (scope = any(current_setting('app.classes')::text[]))
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]))
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1'))
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2'))
    or (scope = any(current_setting('app.classes')::text[]))
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]))
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_selects on student_contacts
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 2::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 2::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 2::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 2::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_inserts on student_contacts
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1'))
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2'))
    or (scope = any(current_setting('app.classes')::text[]))
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]))
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))
  and recorded_by = current_setting('app.actor')::uuid);

alter policy app_updates on student_contacts
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1'))
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2'))
    or (scope = any(current_setting('app.classes')::text[]))
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]))
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1'))
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2'))
    or (scope = any(current_setting('app.classes')::text[]))
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]))
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_selects on facts
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or ((current_setting('app.family') = '' or recorded_by = current_setting('app.actor')::uuid) and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_inserts on facts
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))
  and recorded_by = current_setting('app.actor')::uuid);

alter policy app_updates on facts
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_inserts on facts_general
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 1::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 1::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 1::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 1::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_updates on facts_general
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 1::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 1::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 1::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 1::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 1::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 1::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 1::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 1::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_inserts on facts_family
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 2::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 2::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 2::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 2::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_updates on facts_family
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 2::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 2::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 2::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 2::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 2::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 2::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 2::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 2::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_inserts on facts_groups
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 3::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 3::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 3::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 3::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_updates on facts_groups
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 3::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 3::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 3::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 3::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 3::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 3::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 3::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 3::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_inserts on facts_health
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 4::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 4::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 4::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 4::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_updates on facts_health
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 4::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 4::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 4::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 4::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 4::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 4::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 4::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 4::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_inserts on facts_psychology
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 5::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 5::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 5::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 5::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_updates on facts_psychology
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 5::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 5::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 5::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 5::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 5::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 5::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 5::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 5::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_inserts on facts_protection
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 6::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 6::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 6::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 6::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_updates on facts_protection
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 6::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 6::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 6::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 6::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 6::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 6::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 6::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 6::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_inserts on facts_schooling
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 7::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 7::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 7::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 7::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_updates on facts_schooling
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 7::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 7::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 7::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 7::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 7::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 7::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 7::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 7::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_selects on class_spells
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_selects on records
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or author_id = current_setting('app.actor')::uuid
    or (open_below and scope = any(current_setting('app.above')::text[]) and secrecy = 1)
    or ((current_setting('app.family') = '' or open_to_family) and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))));

alter policy app_selects on record_subjects
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or author_id = current_setting('app.actor')::uuid
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_inserts on record_subjects
  with check (author_id = current_setting('app.actor')::uuid and (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1'))
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2'))
    or (scope = any(current_setting('app.classes')::text[]))
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]))
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_selects on attachments
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or author_id = current_setting('app.actor')::uuid
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))));

alter policy app_inserts on attachments
  with check (author_id = current_setting('app.actor')::uuid and (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1'))
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2'))
    or (scope = any(current_setting('app.classes')::text[]))
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]))
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))));

alter policy app_inserts on records
  with check (author_id = current_setting('app.actor')::uuid and (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1'))
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2'))
    or (scope = any(current_setting('app.classes')::text[]))
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]))
    or (student_id is null and scope >= current_setting('app.home_lo') and scope < current_setting('app.home_hi'))
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))));

alter policy app_inserts on recognitions
  with check (decided_by = current_setting('app.actor')::uuid and (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 2::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 2::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 2::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 2::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_updates on recognitions
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 2::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 2::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 2::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 2::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 2::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 2::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 2::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 2::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_inserts on key_listings
  with check (confirmed_by = current_setting('app.actor')::uuid and (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 6::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 6::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 6::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 6::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_updates on key_listings
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 6::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 6::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 6::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 6::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 6::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 6::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 6::smallint)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 6::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_inserts on pairings
  with check (appointed_by = current_setting('app.actor')::uuid and (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 6::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 6::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 6::smallint)) <> 0)
    or mentor_id = current_setting('app.actor')::uuid
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 6::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_updates on pairings
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 6::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 6::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 6::smallint)) <> 0)
    or mentor_id = current_setting('app.actor')::uuid
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 6::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 6::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 6::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 6::smallint)) <> 0)
    or mentor_id = current_setting('app.actor')::uuid
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << 6::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_selects on duty_progress
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

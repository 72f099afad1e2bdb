-- The append-only ledger: records, their subjects and attachments. [T6 C9 C14 C15 C25]

create table records (
  school_id uuid not null,
  id uuid not null,
  kind smallint not null,
  secrecy smallint not null,
  scope text collate "C" not null,
  done_in text collate "C" not null,
  student_id uuid,
  author_id uuid not null,
  author_name text not null,
  act_date date not null,
  recorded_at timestamptz not null default clock_timestamp(),
  mode smallint,
  coded jsonb not null default '{}',
  text_cipher bytea,
  content_hash bytea not null,
  open_below boolean not null default false,
  supersedes uuid,
  superseded_by uuid,
  withdrawn_at timestamptz,
  purged_at timestamptz,
  reviewed_at timestamptz,
  reviewed_by uuid,
  import_id uuid,
  primary key (school_id, id)
);

comment on table records is 'The ledger of everything done for students. Content never changes; a correction is a new record that supersedes.';

comment on column records.student_id is 'The subject, when there is only one.';

comment on column records.scope is 'Who may see: class of the single subject, else the unit of all subjects.';

comment on column records.done_in is 'Path of the unit where it was done; never moves.';

comment on column records.coded is 'Coded fields by field id; no free text.';

comment on column records.text_cipher is 'Free text fields, encrypted together.';

comment on column records.content_hash is 'Keyed digest of the content: the same id sent twice is accepted only with the same content.';

alter table records enable row level security;

create index records_student on records (student_id, act_date desc);

create index records_author on records (author_id, act_date desc);

create index records_scope on records (scope, act_date desc);

create index records_done on records (done_in, kind, act_date);

create index records_school on records (school_id, student_id, recorded_at desc);

create policy app_selects on records for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or author_id = current_setting('app.actor')::uuid
    or (open_below and scope = any(current_setting('app.above')::text[]) and secrecy = 1)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))));

grant select on records to app;

create policy app_inserts on records for insert to app
  with check (author_id = current_setting('app.actor')::uuid and (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1'))
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2'))
    or (scope = any(current_setting('app.classes')::text[]))
    or student_id = any(current_setting('app.students')::uuid[])
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))));

grant insert (school_id, id, kind, secrecy, scope, done_in, student_id, author_id, author_name, act_date, mode, coded, text_cipher, content_hash, open_below, supersedes) on records to app;

create policy app_updates on records for update to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or author_id = current_setting('app.actor')::uuid
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or author_id = current_setting('app.actor')::uuid
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))));

grant update (superseded_by, withdrawn_at, reviewed_at, reviewed_by) on records to app;

create policy importer_selects on records for select to importer
  using (true);

create policy importer_inserts on records for insert to importer
  with check (true);

create policy importer_updates on records for update to importer
  using (true)
  with check (true);

grant select on records to importer;

grant insert (school_id, id, kind, secrecy, scope, done_in, student_id, author_id, author_name, act_date, recorded_at, mode, coded, text_cipher, content_hash, open_below, supersedes, superseded_by, withdrawn_at, purged_at, reviewed_at, reviewed_by, import_id) on records to importer;

grant update (scope, superseded_by) on records to importer;

create policy classifier_selects on records for select to classifier
  using (true);

grant select on records to classifier;

create table record_subjects (
  school_id uuid not null,
  student_id uuid not null,
  record_id uuid not null,
  scope text collate "C" not null,
  kind smallint not null,
  secrecy smallint not null,
  mode smallint,
  act_date date not null,
  author_id uuid not null,
  current boolean not null default true,
  reviewed boolean not null default false,
  part smallint,
  primary key (school_id, student_id, record_id),
  foreign key (school_id, student_id, scope) references students (school_id, id, scope) deferrable initially deferred
);

comment on table record_subjects is 'Which students a record is about; one row each.';

comment on column record_subjects.current is 'False once superseded, withdrawn or purged: such a record counts nowhere.';

comment on column record_subjects.part is 'For a record that stands for one part of something (archive part verified empty): which.';

alter table record_subjects enable row level security;

create index record_subjects_student on record_subjects (student_id, act_date desc);

create index record_subjects_record on record_subjects (school_id, record_id);

create index record_subjects_scope on record_subjects (scope, kind, act_date);

create index record_subjects_author on record_subjects (author_id);

create policy app_selects on record_subjects for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or author_id = current_setting('app.actor')::uuid
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant select on record_subjects to app;

create policy app_inserts on record_subjects for insert to app
  with check (author_id = current_setting('app.actor')::uuid and (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1'))
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2'))
    or (scope = any(current_setting('app.classes')::text[]))
    or (student_id = any(current_setting('app.students')::uuid[]))
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant insert (school_id, student_id, record_id, scope, kind, secrecy, mode, act_date, author_id, part) on record_subjects to app;

create policy app_updates on record_subjects for update to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or author_id = current_setting('app.actor')::uuid
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  with check ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or author_id = current_setting('app.actor')::uuid
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant update (current, reviewed) on record_subjects to app;

create policy importer_selects on record_subjects for select to importer
  using (true);

create policy importer_inserts on record_subjects for insert to importer
  with check (true);

create policy importer_updates on record_subjects for update to importer
  using (true)
  with check (true);

grant select on record_subjects to importer;

grant insert (school_id, student_id, record_id, scope, kind, secrecy, mode, act_date, author_id, current, reviewed, part) on record_subjects to importer;

grant update (school_id, student_id, record_id, scope, kind, secrecy, mode, act_date, author_id, current, reviewed, part) on record_subjects to importer;

create policy classifier_selects on record_subjects for select to classifier
  using (true);

grant select on record_subjects to classifier;

create table attachments (
  school_id uuid not null,
  id uuid not null,
  record_id uuid not null,
  student_id uuid,
  scope text collate "C" not null,
  secrecy smallint not null,
  author_id uuid not null,
  media_type text not null,
  byte_size integer not null,
  sha256 bytea not null,
  recorded_at timestamptz not null default now(),
  purged_at timestamptz,
  primary key (school_id, id),
  check (media_type in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
  check (byte_size between 1 and 10485760)
);

comment on table attachments is 'Photos and PDFs of records; the bytes lie encrypted in the file store by sha256. File names are not kept: they name children.';

alter table attachments enable row level security;

create index attachments_record on attachments (school_id, record_id);

create policy app_selects on attachments for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or author_id = current_setting('app.actor')::uuid
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))));

grant select on attachments to app;

create policy app_inserts on attachments for insert to app
  with check (author_id = current_setting('app.actor')::uuid and (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1'))
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2'))
    or (scope = any(current_setting('app.classes')::text[]))
    or student_id = any(current_setting('app.students')::uuid[])
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))));

grant insert (school_id, id, record_id, student_id, scope, secrecy, author_id, media_type, byte_size, sha256) on attachments to app;

create policy importer_selects on attachments for select to importer
  using (true);

create policy importer_updates on attachments for update to importer
  using (true)
  with check (true);

grant select on attachments to importer;

grant update (scope) on attachments to importer;

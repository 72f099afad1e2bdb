-- What an import keeps between handing over, preview and commit: the file itself, the read rows, and what was last imported. [X7]

create table import_files (
  import_id uuid not null,
  part integer not null,
  created_by uuid not null,
  content bytea not null,
  primary key (import_id, part),
  check (part between 0 and 400),
  check (octet_length(content) <= 1048576)
);

comment on table import_files is 'Encrypted pieces of a handed-over file, in order; gone when the import is cancelled, failed or cleared.';

alter table import_files enable row level security;

create policy app_inserts on import_files for insert to app
  with check (created_by = current_setting('app.actor')::uuid);

grant insert (import_id, part, created_by, content) on import_files to app;

create policy importer_selects on import_files for select to importer
  using (true);

create policy importer_inserts on import_files for insert to importer
  with check (true);

create policy importer_deletes on import_files for delete to importer
  using (true);

grant select, delete on import_files to importer;

grant insert (import_id, part, created_by, content) on import_files to importer;

create table import_staged (
  import_id uuid not null,
  row integer not null,
  outcome smallint not null,
  fresh_id uuid not null,
  place integer,
  name text,
  name_key text,
  initials text,
  id_digest bytea,
  id_cipher bytea,
  sex smallint,
  birth_date date,
  number text,
  national_number text,
  stage smallint,
  grade smallint,
  class_label text,
  school_name text,
  entered_on date,
  town text,
  elders jsonb,
  contacts jsonb,
  household_digest bytea,
  head_name text,
  head_key text,
  address_cipher bytea,
  facts jsonb,
  detail jsonb,
  text_cipher bytea,
  trace bytea,
  school_id uuid,
  student_id uuid,
  primary key (import_id, row)
);

comment on table import_staged is 'Rows of an import as read, ready to be written by one statement per table; gone after commit or cancel. Only the importing job sees them.';

comment on column import_staged.outcome is 'As previewed; the commit judges again and refuses when the answer differs.';

comment on column import_staged.fresh_id is 'Id of the student, person or record this row makes when it makes one.';

comment on column import_staged.place is 'Number of the school and class this row names, in imports.stated.';

comment on column import_staged.trace is 'Keyed digest of all the row says.';

alter table import_staged enable row level security;

create policy importer_selects on import_staged for select to importer
  using (true);

create policy importer_inserts on import_staged for insert to importer
  with check (true);

create policy importer_deletes on import_staged for delete to importer
  using (true);

grant select, delete on import_staged to importer;

grant insert (import_id, row, outcome, fresh_id, place, name, name_key, initials, id_digest, id_cipher, sex, birth_date, number, national_number, stage, grade, class_label, school_name, entered_on, town, elders, contacts, household_digest, head_name, head_key, address_cipher, facts, detail, text_cipher, trace, school_id, student_id) on import_staged to importer;

create table import_traces (
  school_id uuid not null,
  subject_id uuid not null,
  kind text not null,
  digest bytea not null,
  primary key (school_id, subject_id, kind)
);

comment on table import_traces is 'Keyed digest of what the last roster or staff list said of a person: the same row again changes nothing. Holds no personal data.';

alter table import_traces enable row level security;

create policy importer_selects on import_traces for select to importer
  using (true);

create policy importer_inserts on import_traces for insert to importer
  with check (true);

create policy importer_updates on import_traces for update to importer
  using (true)
  with check (true);

grant select on import_traces to importer;

grant insert (school_id, subject_id, kind, digest) on import_traces to importer;

grant update (digest) on import_traces to importer;

create policy importer_deletes on imports for delete to importer
  using (true);

grant delete on imports to importer;

comment on table import_rows is 'The previewed rows of an import, values encrypted; removed when the import is cancelled, and a month after commit.';

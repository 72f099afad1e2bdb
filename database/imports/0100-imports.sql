-- Imports: handed-over workbooks, previewed rows, matches, remembered mappings. [X7]

create table imports (
  id uuid not null,
  unit_id uuid not null,
  scope text collate "C" not null,
  secrecy smallint not null,
  kind text,
  file_name text not null,
  file_digest bytea not null,
  byte_size integer not null,
  state text not null,
  stated jsonb not null default '{}',
  mapping jsonb,
  counts jsonb not null default '{}',
  progress jsonb not null default '{}',
  refusal jsonb,
  created_by uuid not null,
  created_by_name text not null,
  created_at timestamptz not null default now(),
  committed_at timestamptz,
  primary key (id),
  check (state in ('received', 'reading', 'mapped', 'previewing', 'previewed', 'committing', 'committed', 'cancelled', 'failed'))
);

comment on table imports is 'One handed-over workbook: what it is, where its import stands, what it found.';

comment on column imports.stated is 'What the sender says it is: population, date, replaces or adds.';

alter table imports enable row level security;

create index imports_scope on imports (scope, created_at desc);

create index imports_creator on imports (created_by, created_at desc);

create policy app_selects on imports for select to app
  using (created_by = current_setting('app.actor')::uuid or (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
  ));

grant select on imports to app;

create policy app_inserts on imports for insert to app
  with check (created_by = current_setting('app.actor')::uuid and (scope >= current_setting('app.keep_lo') and scope < current_setting('app.keep_hi') or scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') or scope >= current_setting('app.lo2') and scope < current_setting('app.hi2')));

grant insert (id, unit_id, scope, secrecy, kind, file_name, file_digest, byte_size, state, stated, mapping, progress, created_by, created_by_name) on imports to app;

create policy app_updates on imports for update to app
  using (created_by = current_setting('app.actor')::uuid or (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
  ))
  with check (created_by = current_setting('app.actor')::uuid or (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
  ));

grant update (kind, secrecy, state, stated, mapping, progress) on imports to app;

create policy importer_selects on imports for select to importer
  using (true);

create policy importer_inserts on imports for insert to importer
  with check (true);

create policy importer_updates on imports for update to importer
  using (true)
  with check (true);

grant select on imports to importer;

grant insert (id, unit_id, scope, secrecy, kind, file_name, file_digest, byte_size, state, stated, mapping, counts, progress, refusal, created_by, created_by_name, created_at, committed_at) on imports to importer;

grant update (id, unit_id, scope, secrecy, kind, file_name, file_digest, byte_size, state, stated, mapping, counts, progress, refusal, created_by, created_by_name, created_at, committed_at) on imports to importer;

create table import_rows (
  import_id uuid not null,
  row integer not null,
  scope text collate "C" not null,
  secrecy smallint not null,
  created_by uuid not null,
  outcome smallint not null,
  school_id uuid,
  student_id uuid,
  values_cipher bytea not null,
  faults jsonb not null default '[]',
  changes jsonb not null default '[]',
  primary key (import_id, row)
);

comment on table import_rows is 'The previewed rows of an import, values encrypted; removed when the import is committed or cancelled, but for refused ones.';

comment on column import_rows.outcome is '1 new, 2 changed, 3 unchanged, 4 refused, 5 matched, 6 doubtful, 7 unmatched.';

comment on column import_rows.faults is 'Column, reason and scope of each fault; the value stays in values_cipher.';

comment on column import_rows.changes is 'Names of fields that would change.';

alter table import_rows enable row level security;

create index import_rows_outcome on import_rows (import_id, outcome, row);

create policy app_selects on import_rows for select to app
  using (created_by = current_setting('app.actor')::uuid or (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
  ));

grant select on import_rows to app;

create policy importer_selects on import_rows for select to importer
  using (true);

create policy importer_inserts on import_rows for insert to importer
  with check (true);

create policy importer_updates on import_rows for update to importer
  using (true)
  with check (true);

create policy importer_deletes on import_rows for delete to importer
  using (true);

grant select, delete on import_rows to importer;

grant insert (import_id, row, scope, secrecy, created_by, outcome, school_id, student_id, values_cipher, faults, changes) on import_rows to importer;

grant update (import_id, row, scope, secrecy, created_by, outcome, school_id, student_id, values_cipher, faults, changes) on import_rows to importer;

create table import_matches (
  import_id uuid not null,
  row integer not null,
  student_id uuid not null,
  school_id uuid not null,
  scope text collate "C" not null,
  secrecy smallint not null,
  created_by uuid not null,
  score smallint not null,
  reasons text[] not null,
  verdict text not null,
  decided_by uuid,
  decided_at timestamptz,
  primary key (import_id, row, student_id),
  check (verdict in ('sure', 'doubtful', 'confirmed', 'rejected'))
);

comment on table import_matches is 'Candidates for a list row: who it may be, with score and reasons; sure ones apply, doubtful ones wait for a person. [X7]';

alter table import_matches enable row level security;

create index import_matches_waiting on import_matches (scope, verdict);

create policy app_selects on import_matches for select to app
  using (created_by = current_setting('app.actor')::uuid or (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
  ));

grant select on import_matches to app;

create policy app_updates on import_matches for update to app
  using (created_by = current_setting('app.actor')::uuid or (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
  ))
  with check (created_by = current_setting('app.actor')::uuid or (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
  ));

grant update (verdict, decided_by, decided_at) on import_matches to app;

create policy importer_selects on import_matches for select to importer
  using (true);

create policy importer_inserts on import_matches for insert to importer
  with check (true);

create policy importer_updates on import_matches for update to importer
  using (true)
  with check (true);

create policy importer_deletes on import_matches for delete to importer
  using (true);

grant select, delete on import_matches to importer;

grant insert (import_id, row, student_id, school_id, scope, secrecy, created_by, score, reasons, verdict, decided_by, decided_at) on import_matches to importer;

grant update (import_id, row, student_id, school_id, scope, secrecy, created_by, score, reasons, verdict, decided_by, decided_at) on import_matches to importer;

create table import_mappings (
  id uuid not null,
  scope text collate "C" not null,
  kind text not null,
  signature text not null,
  mapping jsonb not null,
  used_at timestamptz not null default now(),
  created_by uuid not null,
  primary key (id),
  unique (scope, kind, signature)
);

comment on table import_mappings is 'Corrected column mappings remembered for a sender: same unit, same kind of list, same header.';

alter table import_mappings enable row level security;

create policy app_selects on import_mappings for select to app
  using ((scope >= current_setting('app.home_lo') and scope < current_setting('app.home_hi')) or (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1')) or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2')));

grant select on import_mappings to app;

create policy importer_selects on import_mappings for select to importer
  using (true);

create policy importer_inserts on import_mappings for insert to importer
  with check (true);

create policy importer_updates on import_mappings for update to importer
  using (true)
  with check (true);

grant select on import_mappings to importer;

grant insert (id, scope, kind, signature, mapping, used_at, created_by) on import_mappings to importer;

grant update (id, scope, kind, signature, mapping, used_at, created_by) on import_mappings to importer;

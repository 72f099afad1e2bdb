-- The cells of previewed rows are sealed by blocks of rows: a value sealed for each of a hundred thousand rows costs more than reading them. [X7]

create table import_values (
  import_id uuid not null,
  block integer not null,
  scope text collate "C" not null,
  secrecy smallint not null,
  created_by uuid not null,
  content bytea not null,
  primary key (import_id, block)
);

comment on table import_values is 'Cells and faults of previewed rows, encrypted, some hundred rows together; go with their rows.';

alter table import_values enable row level security;

create policy app_selects on import_values for select to app
  using (created_by = current_setting('app.actor')::uuid or (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
  ));

grant select on import_values to app;

create policy importer_selects on import_values for select to importer
  using (true);

create policy importer_inserts on import_values for insert to importer
  with check (true);

create policy importer_deletes on import_values for delete to importer
  using (true);

grant select, delete on import_values to importer;

grant insert (import_id, block, scope, secrecy, created_by, content) on import_values to importer;

delete from import_rows;

alter table import_rows drop column values_cipher;

alter table import_rows add column block integer not null default 0;

comment on column import_rows.block is 'Which block of import_values holds the cells of the row.';

comment on column import_rows.faults is 'Column, scope and code of each fault; what was found against the database says its reason here, everything else stands sealed.';

grant insert (block) on import_rows to importer;

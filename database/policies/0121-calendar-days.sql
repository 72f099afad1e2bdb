-- Holidays and make-up days of schools, where an office says other than the calendar of the state. [C21]

create table calendar_days (
  unit_id uuid not null,
  unit_path text collate "C" not null,
  on_date date not null,
  kind text not null,
  label text not null,
  recorded_by uuid,
  recorded_at timestamptz not null default now(),
  primary key (unit_id, on_date),
  check (kind in ('holiday', 'school-day'))
);

comment on table calendar_days is 'Days on which schools below a unit stay closed or open against the calendar of the state; the nearest unit decides.';

alter table calendar_days enable row level security;

create index calendar_days_path on calendar_days (unit_path);

create policy app_selects on calendar_days for select to app
  using (true);
grant select on calendar_days to app;

create policy importer_selects on calendar_days for select to importer
  using (true);
create policy importer_inserts on calendar_days for insert to importer
  with check (true);
create policy importer_updates on calendar_days for update to importer
  using (true)
  with check (true);
create policy importer_deletes on calendar_days for delete to importer
  using (true);
grant select, delete on calendar_days to importer;
grant insert (unit_id, unit_path, on_date, kind, label, recorded_by) on calendar_days to importer;
grant update (unit_path, kind, label, recorded_by, recorded_at) on calendar_days to importer;

create policy classifier_selects on calendar_days for select to classifier
  using (true);
grant select on calendar_days to classifier;

-- Terms are put right by the office that keeps them.
create policy importer_updates on school_terms for update to importer
  using (true)
  with check (true);
grant update (starts_on, ends_on) on school_terms to importer;
create policy importer_deletes on school_terms for delete to importer
  using (true);
grant delete on school_terms to importer;

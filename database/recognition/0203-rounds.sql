-- Yearly rounds of applications: told early, open from a day to a day, for everything below the unit. [C8 C19]

create table recognition_rounds (
  id uuid not null,
  unit_id uuid not null,
  unit_path text collate "C" not null,
  school_year smallint not null,
  term smallint not null,
  notice_on date not null,
  opens_on date not null,
  closes_on date not null,
  notice text not null,
  opened_by uuid not null,
  opened_by_name text not null,
  opened_at timestamptz not null default now(),
  primary key (id),
  unique (unit_id, school_year, term),
  check (term in (1, 2)),
  check (notice_on <= opens_on and opens_on <= closes_on)
);

comment on table recognition_rounds is 'A round of applications as it is told to families: public words and dates, nobody''s data.';

alter table recognition_rounds enable row level security;

create index recognition_rounds_path on recognition_rounds (unit_path);

create policy app_selects on recognition_rounds for select to app
  using (true);

grant select on recognition_rounds to app;

create policy importer_selects on recognition_rounds for select to importer
  using (true);

create policy importer_inserts on recognition_rounds for insert to importer
  with check (true);

create policy importer_updates on recognition_rounds for update to importer
  using (true)
  with check (true);

grant select on recognition_rounds to importer;

grant insert (id, unit_id, unit_path, school_year, term, notice_on, opens_on, closes_on, notice, opened_by, opened_by_name) on recognition_rounds to importer;

grant update (unit_path) on recognition_rounds to importer;

-- Records that came along from another school are shown and never counted; a school year is promoted once. [T2]

alter table record_subjects add column copied boolean not null default false;

comment on column record_subjects.copied is 'Came along from the school before: shown in the file, counted nowhere (current is false).';

grant insert (copied) on record_subjects to importer;

create table promotions (
  school_id uuid not null,
  school_year smallint not null,
  scope text collate "C" not null,
  promoted_by uuid not null,
  promoted_at timestamptz not null default now(),
  classes integer not null,
  graduates integer not null,
  primary key (school_id, school_year)
);

comment on table promotions is 'School years a school was promoted into; once each.';

alter table promotions enable row level security;

create policy app_selects on promotions for select to app
  using ((scope >= current_setting('app.lo1') and scope < current_setting('app.hi1'))
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2')));

grant select on promotions to app;

create policy importer_selects on promotions for select to importer
  using (true);

create policy importer_inserts on promotions for insert to importer
  with check (true);

create policy importer_updates on promotions for update to importer
  using (true)
  with check (true);

grant select on promotions to importer;

grant insert (school_id, school_year, scope, promoted_by, classes, graduates) on promotions to importer;

grant update (scope) on promotions to importer;

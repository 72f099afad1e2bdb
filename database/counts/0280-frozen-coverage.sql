-- A coverage page kept as it was known on a day: later corrections move what is counted back, not what was kept. [C12 C13]

create table coverage_freezes (
  id uuid primary key,
  unit_id uuid not null references units,
  scope text collate "C" not null,
  as_of date not null,
  note text not null default '' check (length(note) <= 200),
  content jsonb not null,
  frozen_by uuid not null,
  frozen_by_name text not null,
  frozen_at timestamptz not null default now()
);

comment on table coverage_freezes is 'Coverage pages as they were known when somebody kept them: figures, units without a centre. Never changed. [C12]';
comment on column coverage_freezes.content is 'What the page said, with the secrecy of each coverage; whoever opens it is shown what their post may see.';
comment on column coverage_freezes.as_of is 'The day the figures are of; it may lie before the day they were kept.';

alter table coverage_freezes enable row level security;

create index coverage_freezes_scope on coverage_freezes (scope, frozen_at);

create policy app_selects on coverage_freezes for select to app
  using ((scope >= current_setting('app.home_lo') and scope < current_setting('app.home_hi')) or (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1')) or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2')));
grant select on coverage_freezes to app;

create policy app_inserts on coverage_freezes for insert to app
  with check (frozen_by = current_setting('app.actor')::uuid and ((scope >= current_setting('app.home_lo') and scope < current_setting('app.home_hi')) or (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1')) or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2'))));
grant insert (id, unit_id, scope, as_of, note, content, frozen_by, frozen_by_name) on coverage_freezes to app;

create policy importer_selects on coverage_freezes for select to importer using (true);
create policy importer_updates on coverage_freezes for update to importer using (true) with check (true);
grant select on coverage_freezes to importer;
grant update (scope) on coverage_freezes to importer;

-- One row for each class: who was missing there. Not rows about a student: they stay where the class stood.
create table frozen_lists (
  school_id uuid not null,
  freeze_id uuid not null,
  coverage integer not null,
  scope text collate "C" not null,
  secrecy smallint not null,
  frozen_by uuid not null,
  names jsonb not null,
  primary key (school_id, freeze_id, coverage, scope)
);

comment on table frozen_lists is 'Who was missing from a coverage when its page was kept, class by class, by the names of that time. Never changed. [C12 G3]';
comment on column frozen_lists.secrecy is 'Domain of the coverage: whoever does not see it over this class does not find the row.';

alter table frozen_lists enable row level security;

create index frozen_lists_freeze on frozen_lists (freeze_id, coverage, scope);

create policy app_selects on frozen_lists for select to app
  using (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
  );
grant select on frozen_lists to app;

create policy app_inserts on frozen_lists for insert to app
  with check (frozen_by = current_setting('app.actor')::uuid and (
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)));
grant insert (school_id, freeze_id, coverage, scope, secrecy, frozen_by, names) on frozen_lists to app;

create policy importer_selects on frozen_lists for select to importer using (true);
create policy importer_updates on frozen_lists for update to importer using (true) with check (true);
grant select on frozen_lists to importer;
grant update (scope) on frozen_lists to importer;

-- Rolled-up figures per school. [C12]

create table sums (
  school_id uuid not null,
  measure integer not null,
  period date not null,
  split integer not null,
  scope text collate "C" not null,
  secrecy smallint not null,
  need integer not null default 0,
  met integer not null default 0,
  reviewed integer not null default 0,
  primary key (school_id, measure, period, split),
  check (need >= 0),
  check (met >= 0),
  check (met <= need),
  check (reviewed <= need)
);

comment on table sums is 'Figures per school; the tree above is summed on reading. Always equal to a full count. [C12]';

comment on column sums.measure is 'Number of the duty rule counted.';

comment on column sums.split is '0 all; negative: stage; positive: class rule number.';

alter table sums enable row level security;

create index sums_scope on sums (scope, measure, period);

-- Figures carry no names. Whoever writes a record moves the sum of its school, so writing is open to the schools own people; the operation alone does it.

create policy app_selects on sums for select to app
  using ((scope >= current_setting('app.home_lo') and scope < current_setting('app.home_hi')) or (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1')) or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2')) or scope = any(current_setting('app.list_schools')::text[]));

grant select on sums to app;

create policy app_inserts on sums for insert to app
  with check ((scope >= current_setting('app.home_lo') and scope < current_setting('app.home_hi')) or (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1')) or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2')) or scope = any(current_setting('app.list_schools')::text[]));

grant insert (school_id, measure, period, split, scope, secrecy, need, met, reviewed) on sums to app;

create policy app_updates on sums for update to app
  using ((scope >= current_setting('app.home_lo') and scope < current_setting('app.home_hi')) or (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1')) or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2')) or scope = any(current_setting('app.list_schools')::text[]))
  with check ((scope >= current_setting('app.home_lo') and scope < current_setting('app.home_hi')) or (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1')) or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2')) or scope = any(current_setting('app.list_schools')::text[]));

grant update (need, met, reviewed) on sums to app;

create policy importer_selects on sums for select to importer
  using (true);

create policy importer_inserts on sums for insert to importer
  with check (true);

create policy importer_updates on sums for update to importer
  using (true)
  with check (true);

grant select on sums to importer;

grant insert (school_id, measure, period, split, scope, secrecy, need, met, reviewed) on sums to importer;

grant update (school_id, measure, period, split, scope, secrecy, need, met, reviewed) on sums to importer;

create policy classifier_selects on sums for select to classifier
  using (true);

create policy classifier_inserts on sums for insert to classifier
  with check (true);

create policy classifier_updates on sums for update to classifier
  using (true)
  with check (true);

create policy classifier_deletes on sums for delete to classifier
  using (true);

grant select, delete on sums to classifier;

grant insert (school_id, measure, period, split, scope, secrecy, need, met, reviewed) on sums to classifier;

grant update (school_id, measure, period, split, scope, secrecy, need, met, reviewed) on sums to classifier;

-- How often open endpoints were used within this hour, in all and per unit: a start of the program forgets nothing, and
-- nobody who wrote is in it. One row per unit and kind, counted anew each hour. [C19 G16]

create table voice_bounds (
  unit_id uuid not null,
  kind text not null,
  hour timestamptz not null,
  uses integer not null,
  primary key (unit_id, kind),
  check (kind in ('send', 'look', 'find')),
  check (uses > 0)
);

comment on table voice_bounds is 'Uses of the endpoints for letters without a name within the hour: per unit, and in all under the id of nobody. Says nothing of who wrote.';

alter table voice_bounds enable row level security;

create policy importer_selects on voice_bounds for select to importer
  using (true);

create policy importer_inserts on voice_bounds for insert to importer
  with check (true);

create policy importer_updates on voice_bounds for update to importer
  using (true)
  with check (true);

grant select on voice_bounds to importer;

grant insert (unit_id, kind, hour, uses) on voice_bounds to importer;

grant update (hour, uses) on voice_bounds to importer;

-- Moving, merging and closing units: history written by the operation, paths written anew wherever they stand. [T2]

create policy importer_selects on unit_history for select to importer
  using (true);

create policy importer_inserts on unit_history for insert to importer
  with check (true);

grant select on unit_history to importer;

grant insert (id, unit_id, change, from_date, until_date, name, parent_id, path, into_unit_id, document, recorded_by) on unit_history to importer;

create policy importer_updates on bodies for update to importer
  using (true)
  with check (true);

grant update (scope, until_date) on bodies to importer;

create policy importer_updates on body_members for update to importer
  using (true)
  with check (true);

grant update (scope, until_date) on body_members to importer;

create policy importer_updates on households for update to importer
  using (true)
  with check (true);

grant update (region_path) on households to importer;

create policy importer_updates on fact_sources for update to importer
  using (true)
  with check (true);

grant update (unit_path) on fact_sources to importer;

create policy importer_updates on pack_adoptions for update to importer
  using (true)
  with check (true);

grant update (unit_path) on pack_adoptions to importer;

create policy importer_selects on closed_periods for select to importer
  using (true);

create policy importer_updates on closed_periods for update to importer
  using (true)
  with check (true);

grant select on closed_periods to importer;

grant update (scope) on closed_periods to importer;

-- A unit that moves takes the sealed rows of its imports along. [T2]

create policy importer_updates on import_values for update to importer
  using (true)
  with check (true);

grant update (scope) on import_values to importer;

-- Accounts are given, stopped and reopened by whoever keeps posts; a new password ends every open session. [C13]

create policy importer_updates on accounts for update to importer
  using (true)
  with check (true);

grant update (password_hash, status, must_change, failed_count, locked_until) on accounts to importer;

grant update (password_hash, must_change) on accounts to gate;

create policy importer_selects on sessions for select to importer
  using (true);

create policy importer_deletes on sessions for delete to importer
  using (true);

grant select (person_id) on sessions to importer;

grant delete on sessions to importer;

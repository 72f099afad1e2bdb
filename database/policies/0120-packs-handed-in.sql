-- Several versions of a pack side by side, packs handed in by an office, adoptions that are withdrawn before they begin.

alter table policy_packs add column files jsonb;
alter table policy_packs add column unit_id uuid;
comment on column policy_packs.files is 'The files as handed in, name and text, for whoever writes the next version; null for a pack shipped with the program.';
comment on column policy_packs.unit_id is 'The office that handed it in; null for a pack shipped with the program.';
grant insert (files, unit_id) on policy_packs to importer;

-- A shipped pack may be put right under the same number only while nobody has adopted that number.
create policy importer_updates on policy_packs for update to importer
  using (true)
  with check (true);
grant update (name, content, digest) on policy_packs to importer;

alter table pack_adoptions add column parents text[] not null default '{}';
alter table pack_adoptions add column withdrawn_by uuid;
alter table pack_adoptions add column withdrawn_at timestamptz;
alter table pack_adoptions add column ended_by uuid;
alter table pack_adoptions add column ended_at timestamptz;
comment on column pack_adoptions.parents is 'Versions (issuer@version) of the higher packs that came along, where no unit adopts them itself.';
comment on column pack_adoptions.withdrawn_at is 'Taken back before its first day: it never held.';
comment on column pack_adoptions.until_date is 'First day on which it no longer holds. A later adoption of the same issuer at the same unit takes its place without this.';
grant insert (parents) on pack_adoptions to importer;
grant update (until_date, withdrawn_by, withdrawn_at, ended_by, ended_at) on pack_adoptions to importer;

-- Where a large classification keeps its working tables while it runs: unlogged, made and dropped in one transaction.
create schema working;
comment on schema working is 'Tables a classification makes and drops within its own transaction; always empty for everybody else.';
grant usage, create on schema working to classifier;

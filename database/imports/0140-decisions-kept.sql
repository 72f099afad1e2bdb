-- Whom a person said a doubtful row means is kept with the list's sender and kind: the same list handed in again does
-- not ask again, and does not turn a confirmed yes back into a question. [X7]
create table import_decisions (
  scope text collate "C" not null,
  kind text not null,
  person_digest bytea not null,
  student_id uuid not null,
  school_id uuid not null,
  confirmed boolean not null,
  decided_by uuid not null,
  decided_at timestamptz not null default now(),
  primary key (scope, kind, person_digest, student_id)
);
comment on table import_decisions is 'Whether a listed person is a student, as a person decided it, per sender and kind of list.';
comment on column import_decisions.person_digest is 'Digest of who is listed: number, name, household head, town; nothing can be read out of it.';
comment on column import_decisions.scope is 'Path of the unit that hands in the list.';
alter table import_decisions enable row level security;
create policy importer_selects on import_decisions for select to importer using (true);
create policy importer_inserts on import_decisions for insert to importer with check (true);
create policy importer_updates on import_decisions for update to importer using (true) with check (true);
grant select on import_decisions to importer;
grant insert (scope, kind, person_digest, student_id, school_id, confirmed, decided_by) on import_decisions to importer;
grant update (scope, confirmed, decided_by, decided_at) on import_decisions to importer;

-- Letters without a name: the code to come back with. [C19 Z9 G16]

create table voice_codes (
  unit_id uuid not null,
  digest bytea not null,
  case_id uuid not null,
  sent_on date not null,
  primary key (unit_id, digest)
);

comment on table voice_codes is 'Keyed digests of the codes by which people without a name come back to their letter. Nothing of the sender is kept.';

alter table voice_codes enable row level security;

create index voice_codes_digest on voice_codes (digest);

create index voice_codes_day on voice_codes (unit_id, sent_on);

create policy importer_selects on voice_codes for select to importer
  using (true);

create policy importer_inserts on voice_codes for insert to importer
  with check (true);

grant select on voice_codes to importer;

grant insert (unit_id, digest, case_id, sent_on) on voice_codes to importer;

-- A roster's row is staged as it is written: one column for each thing, no lists to be taken apart again. [T2]

-- Rosters waiting for their commit were staged in the old shape; they are previewed once more.
delete from import_staged s using imports i where i.id = s.import_id and i.kind = 'roster';

update imports set state = 'mapped', progress = '{}' where kind = 'roster' and state in ('previewing', 'previewed', 'committing');

alter table import_staged drop column contacts;

alter table import_staged
  add column guardian1_name text,
  add column guardian1_key text,
  add column guardian1_relation text,
  add column guardian1_phone bytea,
  add column guardian2_name text,
  add column guardian2_key text,
  add column guardian2_relation text,
  add column guardian2_phone bytea,
  add column boarding boolean,
  add column ethnicity boolean,
  add column left_behind smallint,
  add column migrant_child boolean,
  add column single_parent boolean,
  add column per_capita_income bigint,
  add column household_size integer,
  add column inclusive_class boolean;

comment on column import_staged.head_name is 'Head of the household where the list names one; else the first guardian.';

comment on column import_staged.facts is 'What a list of people says, by fact; a roster has a column for each fact.';

grant insert (guardian1_name, guardian1_key, guardian1_relation, guardian1_phone, guardian2_name, guardian2_key, guardian2_relation,
  guardian2_phone, boarding, ethnicity, left_behind, migrant_child, single_parent, per_capita_income, household_size, inclusive_class)
  on import_staged to importer;

-- The number of a household follows from its keyed digest, so that nobody has to look it up to write it down.
update students st set household_id = encode(substr(h.key_digest, 1, 16), 'hex')::uuid from households h where h.id = st.household_id;

update student_households t set household_id = encode(substr(h.key_digest, 1, 16), 'hex')::uuid from households h where h.id = t.household_id;

update households set id = encode(substr(key_digest, 1, 16), 'hex')::uuid;

alter table households drop constraint households_key_digest_key;

comment on column households.id is 'The first half of the keyed digest.';

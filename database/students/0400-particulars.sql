-- What the school keeps of a student beside the file itself stands in one row: identity number, household, what the last roster
-- said. Four tables and six indexes said it before, a roster of a hundred thousand wrote a million entries into them. Who may
-- read what stays as it was: the digest and the trace are the importing job's alone. [T2 C13]

alter table student_households rename to student_particulars;
alter index student_households_household rename to student_particulars_household;

alter table student_particulars
  alter column household_id drop not null,
  add column identity_kind smallint not null default 1,
  add column identity_cipher bytea,
  add column identity_digest bytea,
  add column trace bytea;

alter table student_particulars drop constraint student_households_pkey;
alter table student_particulars add primary key (student_id, school_id);

insert into student_particulars (school_id, student_id, scope, identity_kind, identity_cipher, identity_digest, trace)
  select s.school_id, s.id, s.scope, coalesce(i.kind, 1), i.cipher, x.digest, t.digest
  from students s
    left join student_identities i on i.school_id = s.school_id and i.student_id = s.id
    left join (select distinct on (school_id, student_id) school_id, student_id, digest from identity_index order by 1, 2, 3) x
      on x.school_id = s.school_id and x.student_id = s.id
    left join import_traces t on t.school_id = s.school_id and t.subject_id = s.id and t.kind = 'roster'
  where i.cipher is not null or x.digest is not null or t.digest is not null
  on conflict (student_id, school_id) do update set identity_kind = excluded.identity_kind,
    identity_cipher = excluded.identity_cipher, identity_digest = excluded.identity_digest, trace = excluded.trace;

drop table student_identities;
drop table identity_index;
delete from import_traces where kind = 'roster';

create unique index student_particulars_identity on student_particulars (identity_digest, school_id) where identity_digest is not null;

revoke select on student_particulars from app;
grant select (school_id, student_id, scope, household_id, head_name, head_key, town, address_cipher, identity_kind, identity_cipher)
  on student_particulars to app;
grant insert (identity_kind, identity_cipher, identity_digest, trace), update (identity_kind, identity_cipher, identity_digest, trace)
  on student_particulars to importer;

comment on table student_particulars is 'What this school keeps of a student beside the file: identity number, encrypted and opened one by one, each opening in the audit log; the household; what the last roster said.';
comment on column student_particulars.identity_kind is '身份证件类型: 1 居民身份证, 6 香港, 7 澳门, 8 台湾, A 护照 as 10.';
comment on column student_particulars.identity_digest is 'Keyed digest of the identity number: importing finds persons by it, across schools; nobody else reads it.';
comment on column student_particulars.trace is 'Keyed digest of what the last roster said: the same row again changes nothing. Nobody else reads it.';
comment on table import_traces is 'Keyed digest of what the last staff list said of a person: the same row again changes nothing. Holds no personal data.';

-- An entry is written with every record: its outcome is one of a few words by its type instead of by a check that is read
-- anew each time, and it stands in the order of time by its id already.

create type audit_outcome as enum ('done', 'read', 'exported', 'refused');

alter table audit_entries drop constraint audit_entries_outcome_check;

alter table audit_entries alter column outcome type audit_outcome using outcome::audit_outcome;

drop index audit_entries_at;

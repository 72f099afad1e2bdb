-- Why a pairing ended is free text about a child: encrypted like all of it.

alter table pairings drop column ended_reason;

alter table pairings add column ended_reason_cipher bytea;

comment on column pairings.ended_reason_cipher is 'Why it ended, encrypted.';

grant update (ended_reason_cipher) on pairings to importer;

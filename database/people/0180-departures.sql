-- Whoever leaves or loses the last post is shut out at once; whoever is appointed again is let in again. [T7 C13]

alter table accounts add column resting boolean not null default false;

comment on column accounts.resting is 'Stopped because its person holds neither post nor student any more; the next appointment opens it. False when a person stopped it.';

grant update (resting) on accounts to importer;

alter table message_outbox add column excluded uuid[] not null default '{}';

comment on column message_outbox.excluded is 'Contacts of the student and accounts of theirs that are not told, as the case it tells of is kept from them.';

grant insert (excluded) on message_outbox to app;

grant insert (excluded) on message_outbox to importer;

-- Messages: what is to be sent is written with the act, spread to its receivers and sent by a job. [C24 G16]

create table message_outbox (
  id uuid not null,
  to_person uuid,
  to_contact uuid,
  about_school uuid,
  about_student uuid,
  secrecy smallint not null default 1,
  kind text not null,
  urgent boolean not null default false,
  params jsonb not null default '{}',
  sealed bytea,
  link text,
  sender_id uuid,
  created_at timestamptz not null default clock_timestamp(),
  spread_at timestamptz,
  primary key (id),
  check (to_person is not null or about_student is not null)
);

comment on table message_outbox is 'Messages ordered in the transaction of the act they tell of; a job spreads each to its receivers.';

comment on column message_outbox.to_person is 'One person; null for the guardians of the student, or for the one contact named.';

comment on column message_outbox.params is 'Short values of the template: names of units, steps and dates; never a reason, a finding or free text.';

comment on column message_outbox.sealed is 'Values that are secrets themselves (a one-time code), encrypted.';

alter table message_outbox enable row level security;

create index message_outbox_waiting on message_outbox (created_at) where spread_at is null;

create policy app_selects on message_outbox for select to app
  using (sender_id = current_setting('app.actor')::uuid);

create policy app_inserts on message_outbox for insert to app
  with check (sender_id = current_setting('app.actor')::uuid);

grant select (id, sender_id) on message_outbox to app;

grant insert (id, to_person, to_contact, about_school, about_student, secrecy, kind, urgent, params, sealed, link, sender_id) on message_outbox to app;

create policy importer_selects on message_outbox for select to importer
  using (true);

create policy importer_inserts on message_outbox for insert to importer
  with check (true);

create policy importer_updates on message_outbox for update to importer
  using (true)
  with check (true);

grant select on message_outbox to importer;

grant insert (id, to_person, to_contact, about_school, about_student, secrecy, kind, urgent, params, sealed, link, sender_id) on message_outbox to importer;

grant update (spread_at, sealed) on message_outbox to importer;

create table messages (
  id uuid not null,
  outbox_id uuid not null,
  to_person uuid,
  to_contact uuid,
  to_name text not null,
  about_school uuid,
  about_student uuid,
  secrecy smallint not null,
  kind text not null,
  urgent boolean not null,
  params jsonb not null,
  sealed bytea,
  link text,
  sender_id uuid,
  sender_name text,
  created_at timestamptz not null default clock_timestamp(),
  read_at timestamptz,
  primary key (id),
  unique nulls not distinct (outbox_id, to_person, to_contact)
);

comment on table messages is 'One message to one receiver: read in the program, told of by the channels the receiver has.';

comment on column messages.about_student is 'The child it is about; a family that may not see the child any more does not see the message either.';

alter table messages enable row level security;

create index messages_receiver on messages (to_person, created_at desc);

create index messages_unread on messages (to_person) where read_at is null;

create index messages_sender on messages (sender_id, created_at desc) where sender_id is not null;

create policy app_selects on messages for select to app
  using ((to_person = current_setting('app.actor')::uuid or sender_id = current_setting('app.actor')::uuid)
    and (about_student is null or ((current_setting('app.barred') = '{}' or about_student <> all(current_setting('app.barred')::uuid[]))
      and (current_setting('app.family') = '' or about_student = any(current_setting('app.students')::uuid[])))));

create policy app_updates on messages for update to app
  using (to_person = current_setting('app.actor')::uuid)
  with check (to_person = current_setting('app.actor')::uuid);

grant select on messages to app;

grant update (read_at) on messages to app;

create policy importer_selects on messages for select to importer
  using (true);

create policy importer_inserts on messages for insert to importer
  with check (true);

create policy importer_updates on messages for update to importer
  using (true)
  with check (true);

grant select on messages to importer;

grant insert (id, outbox_id, to_person, to_contact, to_name, about_school, about_student, secrecy, kind, urgent, params, sealed, link, sender_id, sender_name) on messages to importer;

grant update (sealed) on messages to importer;

create table message_deliveries (
  id uuid not null,
  message_id uuid not null,
  sender_id uuid,
  channel text not null,
  state text not null default 'waiting',
  attempts smallint not null default 0,
  last_error text,
  held_until timestamptz,
  not_before timestamptz,
  claimed_at timestamptz,
  sent_at timestamptz,
  delivered_at timestamptz,
  provider_ref text,
  primary key (id),
  unique (message_id, channel),
  check (channel in ('sms', 'wecom', 'dingtalk', 'mail', 'paper')),
  check (state in ('waiting', 'sending', 'sent', 'delivered', 'failed', 'withheld'))
);

comment on table message_deliveries is 'How a receiver is told outside the program: channel, tries, and what came of it. The address is looked up at sending.';

comment on column message_deliveries.held_until is 'End of the quiet hours in which it was written; urgent ones are not held.';

comment on column message_deliveries.last_error is 'A code, never a text of the other side.';

comment on column message_deliveries.state is 'withheld: the receiver may not be told any more (limit of contact), or the text would label a child.';

alter table message_deliveries enable row level security;

create index message_deliveries_due on message_deliveries (coalesce(not_before, held_until)) where state in ('waiting', 'sending');

create policy app_selects on message_deliveries for select to app
  using (sender_id = current_setting('app.actor')::uuid);

grant select on message_deliveries to app;

create policy importer_selects on message_deliveries for select to importer
  using (true);

create policy importer_inserts on message_deliveries for insert to importer
  with check (true);

create policy importer_updates on message_deliveries for update to importer
  using (true)
  with check (true);

grant select on message_deliveries to importer;

grant insert (id, message_id, sender_id, channel, state, held_until) on message_deliveries to importer;

grant update (state, attempts, last_error, not_before, claimed_at, sent_at, delivered_at, provider_ref) on message_deliveries to importer;

create table quiet_hours (
  unit_id uuid not null,
  unit_path text collate "C" not null,
  from_minute smallint not null,
  until_minute smallint not null,
  set_by uuid not null,
  primary key (unit_id),
  check (from_minute between 0 and 1439 and until_minute between 0 and 1439)
);

comment on table quiet_hours is 'Minutes of the day in Shanghai between which a unit and all below send nothing but what is urgent; the nearest unit above decides, else 21:00 to 07:00.';

alter table quiet_hours enable row level security;

create index quiet_hours_path on quiet_hours (unit_path);

create policy app_selects on quiet_hours for select to app
  using (true);

create policy app_inserts on quiet_hours for insert to app
  with check (unit_path >= current_setting('app.keep_lo') and unit_path < current_setting('app.keep_hi') and set_by = current_setting('app.actor')::uuid);

create policy app_updates on quiet_hours for update to app
  using (unit_path >= current_setting('app.keep_lo') and unit_path < current_setting('app.keep_hi'))
  with check (unit_path >= current_setting('app.keep_lo') and unit_path < current_setting('app.keep_hi') and set_by = current_setting('app.actor')::uuid);

grant select on quiet_hours to app;

grant insert (unit_id, unit_path, from_minute, until_minute, set_by) on quiet_hours to app;

grant update (from_minute, until_minute, set_by) on quiet_hours to app;

create policy importer_selects on quiet_hours for select to importer
  using (true);

create policy importer_updates on quiet_hours for update to importer
  using (true)
  with check (true);

grant select on quiet_hours to importer;

grant update (unit_path) on quiet_hours to importer;

create table message_addresses (
  person_id uuid not null,
  mail_cipher bytea,
  primary key (person_id)
);

comment on table message_addresses is 'Where a person wants to be told of messages by mail, encrypted; set by the person alone.';

alter table message_addresses enable row level security;

create policy app_selects on message_addresses for select to app
  using (person_id = current_setting('app.actor')::uuid);

create policy app_inserts on message_addresses for insert to app
  with check (person_id = current_setting('app.actor')::uuid);

create policy app_updates on message_addresses for update to app
  using (person_id = current_setting('app.actor')::uuid)
  with check (person_id = current_setting('app.actor')::uuid);

grant select on message_addresses to app;

grant insert (person_id, mail_cipher) on message_addresses to app;

grant update (mail_cipher) on message_addresses to app;

create policy importer_selects on message_addresses for select to importer
  using (true);

grant select on message_addresses to importer;

-- Accounts, sessions, what each person may see, and the audit log. [S 9.3 8.1.4.1-3]

create table accounts (
  id uuid not null,
  person_id uuid not null,
  login_name text not null,
  password_hash text not null,
  status text not null default 'active',
  failed_count smallint not null default 0,
  locked_until timestamptz,
  must_change boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (id),
  unique (login_name),
  check (status in ('active', 'stopped'))
);

comment on table accounts is 'Sign-in accounts of people; the password is an argon2id hash.';

alter table accounts enable row level security;

create index accounts_person on accounts (person_id);

create policy app_selects on accounts for select to app
  using (person_id = current_setting('app.actor')::uuid);

grant select on accounts to app;

create policy app_updates on accounts for update to app
  using (person_id = current_setting('app.actor')::uuid)
  with check (person_id = current_setting('app.actor')::uuid);

grant update (password_hash, must_change) on accounts to app;

create policy gate_selects on accounts for select to gate
  using (true);

create policy gate_updates on accounts for update to gate
  using (true)
  with check (true);

grant select on accounts to gate;

grant update (failed_count, locked_until) on accounts to gate;

create policy importer_selects on accounts for select to importer
  using (true);

create policy importer_inserts on accounts for insert to importer
  with check (true);

grant select on accounts to importer;

grant insert (id, person_id, login_name, password_hash, status, failed_count, locked_until, must_change, created_at) on accounts to importer;

create table actor_settings (
  person_id uuid not null,
  version bigint not null,
  settings jsonb not null,
  posts jsonb not null,
  primary key (person_id)
);

comment on table actor_settings is 'What a person may see, ready to be set at the start of each transaction; rewritten in the operation that changes a post, a pair or a bar.';

comment on column actor_settings.version is 'Grows with every rewrite; a request that carries an older one is run again with the new one.';

comment on column actor_settings.settings is 'Values of the app.* settings that differ from the defaults.';

comment on column actor_settings.posts is 'Posts in force with unit, path and secrecy domains.';

alter table actor_settings enable row level security;

create policy app_selects on actor_settings for select to app
  using (person_id = current_setting('app.actor')::uuid);

grant select on actor_settings to app;

create policy gate_selects on actor_settings for select to gate
  using (true);

grant select on actor_settings to gate;

create policy importer_selects on actor_settings for select to importer
  using (true);

create policy importer_inserts on actor_settings for insert to importer
  with check (true);

create policy importer_updates on actor_settings for update to importer
  using (true)
  with check (true);

grant select on actor_settings to importer;

grant insert (person_id, version, settings, posts) on actor_settings to importer;

grant update (person_id, version, settings, posts) on actor_settings to importer;

create table sessions (
  token_hash bytea not null,
  person_id uuid not null,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  device text,
  primary key (token_hash)
);

comment on table sessions is 'Open sign-ins; the cookie holds the token, the table its hash.';

alter table sessions enable row level security;

create index sessions_person on sessions (person_id);

create policy app_selects on sessions for select to app
  using (token_hash = decode(current_setting('app.session'), 'hex'));

grant select on sessions to app;

create policy gate_selects on sessions for select to gate
  using (true);

create policy gate_inserts on sessions for insert to gate
  with check (true);

create policy gate_updates on sessions for update to gate
  using (true)
  with check (true);

create policy gate_deletes on sessions for delete to gate
  using (true);

grant select, delete on sessions to gate;

grant insert (token_hash, person_id, created_at, seen_at, expires_at, device) on sessions to gate;

grant update (seen_at, expires_at) on sessions to gate;

create table audit_entries (
  id uuid not null,
  at timestamptz not null default clock_timestamp(),
  actor_id uuid,
  action text not null,
  outcome text not null,
  scope text collate "C" not null,
  school_id uuid,
  subject uuid,
  detail jsonb not null default '{}',
  sealed_in bigint,
  primary key (id),
  check (outcome in ('done', 'read', 'exported', 'refused'))
);

comment on table audit_entries is 'Who did, read, exported or was refused what. Written in the transaction it tells of; never changed; a job seals entries into a hash chain.';

comment on column audit_entries.detail is 'Ids, counts and codes only; never names or values.';

comment on column audit_entries.scope is 'Path of the unit concerned.';

alter table audit_entries enable row level security;

create index audit_entries_at on audit_entries (at);

create index audit_entries_scope on audit_entries (scope, at);

create index audit_entries_unsealed on audit_entries (at) where sealed_in is null;

create policy app_selects on audit_entries for select to app
  using (scope >= current_setting('app.audit_lo') and scope < current_setting('app.audit_hi'));

grant select on audit_entries to app;

create policy app_inserts on audit_entries for insert to app
  with check (actor_id = current_setting('app.actor')::uuid);

grant insert (id, actor_id, action, outcome, scope, school_id, subject, detail) on audit_entries to app;

create policy importer_inserts on audit_entries for insert to importer
  with check (true);

grant insert (id, actor_id, action, outcome, scope, school_id, subject, detail) on audit_entries to importer;

create policy classifier_inserts on audit_entries for insert to classifier
  with check (true);

grant insert (id, actor_id, action, outcome, scope, school_id, subject, detail) on audit_entries to classifier;

create policy gate_inserts on audit_entries for insert to gate
  with check (true);

grant insert (id, actor_id, action, outcome, scope, school_id, subject, detail) on audit_entries to gate;

create policy sealer_selects on audit_entries for select to sealer
  using (true);

create policy sealer_updates on audit_entries for update to sealer
  using (true)
  with check (true);

grant select on audit_entries to sealer;

grant update (sealed_in) on audit_entries to sealer;

create table audit_seals (
  number bigint not null,
  entries bigint not null,
  digest bytea not null,
  previous bytea not null,
  root bytea not null,
  sealed_at timestamptz not null default now(),
  primary key (number)
);

comment on table audit_seals is 'The hash chain over audit entries: each root covers its entries and the root before.';

alter table audit_seals enable row level security;

create policy app_selects on audit_seals for select to app
  using (current_setting('app.audit_lo') <> '');

grant select on audit_seals to app;

create policy sealer_selects on audit_seals for select to sealer
  using (true);

create policy sealer_inserts on audit_seals for insert to sealer
  with check (true);

grant select on audit_seals to sealer;

grant insert (number, entries, digest, previous, root, sealed_at) on audit_seals to sealer;

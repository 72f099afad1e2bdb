-- Screening rounds and pairs of school cadres with communities. [X2 X8 G26]

create table screening_rounds (
  unit_id uuid not null,
  id uuid not null,
  unit_path text collate "C" not null,
  title text not null,
  items text[] not null,
  from_date date not null,
  until_date date not null,
  opened_by uuid not null,
  opened_at timestamptz not null default now(),
  primary key (unit_id, id),
  check (until_date >= from_date)
);

comment on table screening_rounds is 'A questionnaire over the classes below a unit. Title and items are neutral; what is found stands in the facts. [X2]';

alter table screening_rounds enable row level security;

create index screening_rounds_path on screening_rounds (unit_path);

create policy app_selects on screening_rounds for select to app
  using (unit_path = any(current_setting('app.above')::text[])
    or (unit_path >= current_setting('app.home_lo') and unit_path < current_setting('app.home_hi')));

grant select on screening_rounds to app;

create policy importer_selects on screening_rounds for select to importer
  using (true);

create policy importer_inserts on screening_rounds for insert to importer
  with check (true);

create policy importer_updates on screening_rounds for update to importer
  using (true)
  with check (true);

grant select on screening_rounds to importer;

grant insert (unit_id, id, unit_path, title, items, from_date, until_date, opened_by) on screening_rounds to importer;

grant update (unit_path) on screening_rounds to importer;

create table screening_answers (
  school_id uuid not null,
  round_id uuid not null,
  student_id uuid not null,
  scope text collate "C" not null,
  answered_by uuid not null,
  answered_by_name text not null,
  answered_at timestamptz not null default now(),
  primary key (school_id, student_id, round_id),
  foreign key (school_id, student_id, scope) references students (school_id, id, scope) deferrable initially deferred
);

comment on table screening_answers is 'Who has been asked in a round, by whom. What was answered stands in the facts, each in its own secrecy domain.';

alter table screening_answers enable row level security;

create index screening_answers_round on screening_answers (round_id);

create index screening_answers_scope on screening_answers (scope);

create index screening_answers_student on screening_answers (student_id);

create policy app_selects on screening_answers for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 1::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 1::smallint)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << 1::smallint)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant select on screening_answers to app;

create policy importer_selects on screening_answers for select to importer
  using (true);

create policy importer_inserts on screening_answers for insert to importer
  with check (true);

create policy importer_updates on screening_answers for update to importer
  using (true)
  with check (true);

grant select on screening_answers to importer;

grant insert (school_id, round_id, student_id, scope, answered_by, answered_by_name) on screening_answers to importer;

grant update (scope, answered_by, answered_by_name, answered_at) on screening_answers to importer;

create table community_pairs (
  school_id uuid not null,
  id uuid not null,
  scope text collate "C" not null,
  cadre_id uuid not null,
  cadre_name text not null,
  community text not null,
  contact_cipher bytea,
  from_date date not null,
  until_date date,
  primary key (school_id, id)
);

comment on table community_pairs is 'A cadre of a school and the community or village they keep in touch with. [X8]';

comment on column community_pairs.contact_cipher is 'Whom to ring there, encrypted.';

alter table community_pairs enable row level security;

create index community_pairs_scope on community_pairs (scope);

create policy app_selects on community_pairs for select to app
  using ((scope >= current_setting('app.home_lo') and scope < current_setting('app.home_hi'))
    or (scope >= current_setting('app.keep_lo') and scope < current_setting('app.keep_hi')));

grant select on community_pairs to app;

create policy importer_selects on community_pairs for select to importer
  using (true);

create policy importer_inserts on community_pairs for insert to importer
  with check (true);

create policy importer_updates on community_pairs for update to importer
  using (true)
  with check (true);

grant select on community_pairs to importer;

grant insert (school_id, id, scope, cadre_id, cadre_name, community, contact_cipher, from_date) on community_pairs to importer;

grant update (scope, until_date) on community_pairs to importer;

create table community_contacts (
  school_id uuid not null,
  id uuid not null,
  pair_id uuid not null,
  scope text collate "C" not null,
  on_date date not null,
  author_id uuid not null,
  author_name text not null,
  text_cipher bytea not null,
  at timestamptz not null default now(),
  primary key (school_id, id),
  foreign key (school_id, pair_id) references community_pairs (school_id, id)
);

comment on table community_contacts is 'The log of contacts of a pair. A change at a student''s home is a case of its own; the log does not say whose.';

alter table community_contacts enable row level security;

create index community_contacts_pair on community_contacts (school_id, pair_id, on_date);

create policy app_selects on community_contacts for select to app
  using ((scope >= current_setting('app.home_lo') and scope < current_setting('app.home_hi'))
    or (scope >= current_setting('app.keep_lo') and scope < current_setting('app.keep_hi')));

grant select (school_id, id, pair_id, scope, on_date, author_id, author_name, at) on community_contacts to app;

create policy importer_selects on community_contacts for select to importer
  using (true);

create policy importer_inserts on community_contacts for insert to importer
  with check (true);

create policy importer_updates on community_contacts for update to importer
  using (true)
  with check (true);

grant select on community_contacts to importer;

grant insert (school_id, id, pair_id, scope, on_date, author_id, author_name, text_cipher) on community_contacts to importer;

grant update (scope) on community_contacts to importer;

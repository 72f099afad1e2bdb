-- Emergency aid: money that cannot go below zero, and who is on duty or stands in. [X9 C11]

create table aid_funds (
  unit_id uuid not null,
  id uuid not null,
  unit_path text collate "C" not null,
  number smallint not null,
  name text not null,
  balance_fen bigint not null,
  opened_by uuid not null,
  opened_at timestamptz not null default now(),
  closed_on date,
  primary key (unit_id, id),
  unique (unit_id, number),
  check (balance_fen >= 0)
);

comment on table aid_funds is 'Money a unit holds for sudden need. The balance cannot go below zero; every change stands in its entries.';

comment on column aid_funds.number is 'What people call it by on a form; counted per unit.';

alter table aid_funds enable row level security;

create index aid_funds_path on aid_funds (unit_path);

create policy app_selects on aid_funds for select to app
  using ((unit_path >= current_setting('app.keep_lo') and unit_path < current_setting('app.keep_hi'))
    or unit_path = any(current_setting('app.above')::text[]));

grant select on aid_funds to app;

create policy importer_selects on aid_funds for select to importer
  using (true);

create policy importer_inserts on aid_funds for insert to importer
  with check (true);

create policy importer_updates on aid_funds for update to importer
  using (true)
  with check (true);

grant select on aid_funds to importer;

grant insert (unit_id, id, unit_path, number, name, balance_fen, opened_by) on aid_funds to importer;

grant update (unit_path, name, balance_fen, closed_on) on aid_funds to importer;

create table aid_fund_entries (
  unit_id uuid not null,
  id uuid not null,
  fund_id uuid not null,
  amount_fen bigint not null,
  school_id uuid,
  case_id uuid,
  by_person uuid not null,
  by_name text not null,
  at timestamptz not null default now(),
  primary key (unit_id, id),
  foreign key (unit_id, fund_id) references aid_funds (unit_id, id),
  check (amount_fen <> 0)
);

comment on table aid_fund_entries is 'Every change of a fund, append only: in above zero, granted below. Names no student; the case does.';

alter table aid_fund_entries enable row level security;

create index aid_fund_entries_fund on aid_fund_entries (unit_id, fund_id, at);

create policy importer_selects on aid_fund_entries for select to importer
  using (true);

create policy importer_inserts on aid_fund_entries for insert to importer
  with check (true);

grant select on aid_fund_entries to importer;

grant insert (unit_id, id, fund_id, amount_fen, school_id, case_id, by_person, by_name) on aid_fund_entries to importer;

create table duty_rosters (
  unit_id uuid not null,
  id uuid not null,
  unit_path text collate "C" not null,
  person_id uuid not null,
  part text not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  entered_by uuid not null,
  entered_at timestamptz not null default now(),
  primary key (unit_id, id),
  check (part in ('on-duty', 'deputy', 'absent')),
  check (until_at > from_at)
);

comment on table duty_rosters is 'Who takes reports in at a school or county at what hours, who decides when the approver is absent, and who is absent.';

alter table duty_rosters enable row level security;

create index duty_rosters_path on duty_rosters (unit_path, until_at);

create policy app_selects on duty_rosters for select to app
  using ((unit_path >= current_setting('app.home_lo') and unit_path < current_setting('app.home_hi'))
    or unit_path = any(current_setting('app.above')::text[]));

grant select on duty_rosters to app;

create policy importer_selects on duty_rosters for select to importer
  using (true);

create policy importer_inserts on duty_rosters for insert to importer
  with check (true);

create policy importer_updates on duty_rosters for update to importer
  using (true)
  with check (true);

grant select on duty_rosters to importer;

grant insert (unit_id, id, unit_path, person_id, part, from_at, until_at, entered_by) on duty_rosters to importer;

grant update (unit_path, until_at) on duty_rosters to importer;

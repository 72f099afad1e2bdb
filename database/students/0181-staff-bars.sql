-- Students whom a member of staff must never see: kin in dispute, somebody reported. [G3 G33 C13]

create table staff_bars (
  school_id uuid not null,
  student_id uuid not null,
  id uuid not null,
  scope text collate "C" not null,
  person_id uuid not null,
  whole_household boolean not null default false,
  reason_cipher bytea not null,
  set_by uuid not null,
  set_at timestamptz not null default now(),
  lifted_by uuid,
  lifted_at timestamptz,
  primary key (school_id, student_id, id),
  foreign key (school_id, student_id, scope) references students (school_id, id, scope) deferrable initially deferred
);

comment on table staff_bars is 'Members of staff from whom a student is kept whatever their post; read into the setting app.barred of every row policy. Lifted, never deleted.';
comment on column staff_bars.whole_household is 'Also keeps away from the students of the same household, wherever they study.';
comment on column staff_bars.reason_cipher is 'Why, encrypted.';

alter table staff_bars enable row level security;

create index staff_bars_person on staff_bars (person_id) where lifted_at is null;

create index staff_bars_scope on staff_bars (scope);

-- Seen by whoever sees the domain of protection over the student, but never by the person kept away.
create policy app_selects on staff_bars for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << 6::smallint)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << 6::smallint)) <> 0)
  )
  and person_id <> current_setting('app.actor')::uuid
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant select on staff_bars to app;

create policy importer_selects on staff_bars for select to importer
  using (true);

create policy importer_inserts on staff_bars for insert to importer
  with check (true);

create policy importer_updates on staff_bars for update to importer
  using (true)
  with check (true);

grant select on staff_bars to importer;

grant insert (school_id, student_id, id, scope, person_id, whole_household, reason_cipher, set_by) on staff_bars to importer;

grant update (scope, lifted_by, lifted_at) on staff_bars to importer;

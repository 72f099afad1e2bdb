-- Duties owed after an event: a follow-up within so many hours or working days of what a record says. [G14 G16 X8 X9 U6 N5 C30]

create table event_duties (
  school_id uuid not null,
  student_id uuid not null,
  rule integer not null,
  event_id uuid not null,
  scope text collate "C" not null,
  secrecy smallint not null,
  happened_on date not null,
  due_on date not null,
  due_at timestamptz,
  done smallint not null default 0,
  settled_on date,
  settled_by uuid,
  reviewed boolean not null default false,
  primary key (school_id, student_id, rule, event_id),
  foreign key (school_id, student_id, scope) references students (school_id, id, scope) deferrable initially deferred
);

comment on table event_duties is 'What a record made due for a student by a rule, by when, and which record settled it. Follows from records alone; who owes it is derived.';

comment on column event_duties.event_id is 'The record that made it due.';

comment on column event_duties.due_on is 'Last day on which it is on time.';

comment on column event_duties.due_at is 'The very moment, where the rule counts hours; null where it counts working days.';

comment on column event_duties.done is 'Records that count for it, in time or late.';

comment on column event_duties.settled_on is 'Act day of the record that made it complete; after due_on it was late; null while something is missing.';

comment on column event_duties.secrecy is 'Of the record it speaks of; whom it is for is read from the classes, which have their own.';

alter table event_duties enable row level security;

create index event_duties_scope on event_duties (scope, rule, due_on);

create index event_duties_student on event_duties (student_id);

create policy app_selects on event_duties for select to app
  using ((
    (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (scope >= current_setting('app.lo2') and scope < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (scope = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0)
    or (student_id = any(current_setting('app.students')::uuid[]) and (current_setting('app.list_kinds')::int & (1 << secrecy)) <> 0)
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

grant select on event_duties to app;

-- Written in the transaction of whoever recorded, by the counter; counted anew by the classifier.

create policy counter_selects on event_duties for select to counter
  using (true);

create policy counter_inserts on event_duties for insert to counter
  with check (true);

create policy counter_updates on event_duties for update to counter
  using (true)
  with check (true);

create policy counter_deletes on event_duties for delete to counter
  using (true);

grant select, delete on event_duties to counter;

grant insert (school_id, student_id, rule, event_id, scope, secrecy, happened_on, due_on, due_at, done, settled_on, settled_by, reviewed) on event_duties to counter;

grant update (scope, secrecy, due_on, due_at, done, settled_on, settled_by, reviewed) on event_duties to counter;

create policy classifier_selects on event_duties for select to classifier
  using (true);

create policy classifier_inserts on event_duties for insert to classifier
  with check (true);

create policy classifier_updates on event_duties for update to classifier
  using (true)
  with check (true);

create policy classifier_deletes on event_duties for delete to classifier
  using (true);

grant select, delete on event_duties to classifier;

grant insert (school_id, student_id, rule, event_id, scope, secrecy, happened_on, due_on, due_at, done, settled_on, settled_by, reviewed) on event_duties to classifier;

grant update (scope, secrecy, due_on, due_at, done, settled_on, settled_by, reviewed) on event_duties to classifier;

-- A child that moves to another class takes what is due along.

create policy importer_selects on event_duties for select to importer
  using (true);

create policy importer_updates on event_duties for update to importer
  using (true)
  with check (true);

grant select on event_duties to importer;

grant update (scope) on event_duties to importer;

-- Hours run from the moment a record was made, where it was made on the day it speaks of.

grant select (recorded_at) on records to counter;

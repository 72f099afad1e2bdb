-- A sitting is as secret as what it judges, and says on which state of the procedure it deliberates: one procedure may be
-- judged at its beginning and again later. [G3 G5 G7]

alter table flow_panels
  add column state text not null default 'class-review',
  add column secrecy smallint not null default 2;

alter table flow_panels alter column state drop default;

alter table flow_panels alter column secrecy drop default;

comment on column flow_panels.state is 'State of the procedure on which it deliberates.';

comment on column flow_panels.secrecy is 'Secrecy domain of the procedure: who does not see the domain over the unit finds no such sitting.';

alter policy app_selects on flow_panels
  using (id = any(current_setting('app.panels')::uuid[])
    or (unit_path >= current_setting('app.lo1') and unit_path < current_setting('app.hi1') and (current_setting('app.kinds1')::int & (1 << secrecy)) <> 0)
    or (unit_path >= current_setting('app.lo2') and unit_path < current_setting('app.hi2') and (current_setting('app.kinds2')::int & (1 << secrecy)) <> 0)
    or (unit_path = any(current_setting('app.classes')::text[]) and (current_setting('app.class_kinds')::int & (1 << secrecy)) <> 0));

grant insert (state, secrecy) on flow_panels to importer;

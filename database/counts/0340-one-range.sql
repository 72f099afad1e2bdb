-- The first page of a county's coverage. A person who looks over a whole unit reads its figures as a role of one range:
-- two conditions that bound an index, where the policy for everybody is asked of each of thousands of rows. [C12 S10]

create policy overlooker_selects on sums for select to overlooker
  using (scope >= current_setting('app.lo1') and scope < current_setting('app.hi1'));
grant select on sums to overlooker;

-- As for every signed-in person: which units exist and which have a centre is not secret.
create policy overlooker_selects on units for select to overlooker
  using (true);
grant select on units to overlooker;
create policy overlooker_selects on bodies for select to overlooker
  using (true);
grant select on bodies to overlooker;
create policy overlooker_selects on body_members for select to overlooker
  using (true);
grant select on body_members to overlooker;
grant usage on schema public to overlooker;

-- Units right below one in their order, a page at a time; and units by their path without the classes, which are fifty for
-- every other unit and hold no figures of their own.
create index units_open_below on units (parent_id, sort, name, id) include (kind, path) where closed_on is null and kind <> 'office';
create index units_above_classes on units (path) include (parent_id, kind, closed_on, id) where kind <> 'class';

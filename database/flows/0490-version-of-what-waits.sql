-- What waits carries the version of its case, which a move made from the list names: a page of the inbox need not look up
-- fifty cases under their wide policy. While a task to act on is open its case stands as it stood when it was laid there.

alter table flow_tasks add column version integer;

update flow_tasks t set version = c.version from flow_cases c where c.school_id = t.school_id and c.id = t.case_id;

update flow_tasks set version = 1 where version is null;

alter table flow_tasks alter column version set not null;

comment on column flow_tasks.version is 'Version of the case when it was laid here; while a task to act on is open, still its version.';

grant insert (version) on flow_tasks to importer;

-- Which list first told what stands in a student's row is kept in that row, not once more for each fact: a roster of a hundred
-- thousand wrote a quarter of a million entries that said the same. The history begins with the first change. [T2 G3]

alter table facts_general add column told_by uuid;
alter table facts_family add column told_by uuid;
alter table facts_groups add column told_by uuid;
alter table facts_health add column told_by uuid;
alter table facts_psychology add column told_by uuid;
alter table facts_protection add column told_by uuid;
alter table facts_schooling add column told_by uuid;

comment on column facts_general.told_by is 'The list that told what stands here, where facts has no entry of its own.';
comment on column facts_family.told_by is 'The list that told what stands here, where facts has no entry of its own.';
comment on column facts_groups.told_by is 'The list that told what stands here, where facts has no entry of its own.';
comment on column facts_health.told_by is 'The list that told what stands here, where facts has no entry of its own.';
comment on column facts_psychology.told_by is 'The list that told what stands here, where facts has no entry of its own.';
comment on column facts_protection.told_by is 'The list that told what stands here, where facts has no entry of its own.';
comment on column facts_schooling.told_by is 'The list that told what stands here, where facts has no entry of its own.';

grant insert (told_by), update (told_by) on facts_general, facts_family, facts_groups, facts_health, facts_psychology,
  facts_protection, facts_schooling to importer;

comment on table facts is 'History of facts about students, each with its source and date, from the first change on. What holds today stands in facts_<domain>, and there which list told it first.';

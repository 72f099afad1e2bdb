-- A rule that only proposes is told apart wherever classes are listed: candidates and confirmed are never mixed. [C2]
alter table policy_rules add column proposes boolean not null default false;
comment on column policy_rules.proposes is 'True for rules whose members are candidates until a person confirms.';
grant insert (proposes), update (proposes) on policy_rules to importer;

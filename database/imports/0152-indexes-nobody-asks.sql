-- Rows that are only ever asked for by their student are found by their key; each further index costs a roster of a hundred
-- thousand as much as the row itself. Moving a unit walks these tables once. [T2]

drop index facts_scope;

drop index facts_student;

drop index facts_general_scope;

drop index facts_family_scope;

drop index facts_groups_scope;

drop index facts_health_scope;

drop index facts_psychology_scope;

drop index facts_protection_scope;

drop index facts_schooling_scope;

drop index student_contacts_scope;

drop index student_households_scope;

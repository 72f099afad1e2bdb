-- Rows that are written in the hundred thousands by one statement from the student's own row no longer ask, row by row at
-- commit, whether they stand in the student's scope. Whoever moves a student takes them along, a night's work finds strays. [T2]

alter table name_pieces drop constraint name_pieces_school_id_student_id_scope_fkey;

alter table student_identities drop constraint student_identities_school_id_student_id_scope_fkey;

alter table student_households drop constraint student_households_school_id_student_id_scope_fkey;

alter table student_contacts drop constraint student_contacts_school_id_student_id_scope_fkey;

alter table facts drop constraint facts_school_id_student_id_scope_fkey;

alter table facts_general drop constraint facts_general_school_id_student_id_scope_fkey;

alter table facts_family drop constraint facts_family_school_id_student_id_scope_fkey;

alter table facts_groups drop constraint facts_groups_school_id_student_id_scope_fkey;

alter table facts_health drop constraint facts_health_school_id_student_id_scope_fkey;

alter table facts_psychology drop constraint facts_psychology_school_id_student_id_scope_fkey;

alter table facts_protection drop constraint facts_protection_school_id_student_id_scope_fkey;

alter table facts_schooling drop constraint facts_schooling_school_id_student_id_scope_fkey;

alter table classified drop constraint classified_school_id_student_id_scope_fkey;

alter table class_spells drop constraint class_spells_school_id_student_id_scope_fkey;

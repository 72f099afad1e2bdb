-- Keys that begin with the student answer what an index by student alone answered; a student is asked for with the school or
-- without it, never a school for its contacts. The classes of a school are found by their path. [T2]

alter table students drop constraint students_pkey;
alter table students add primary key (id, school_id);
drop index students_id;
drop index students_class;

alter table student_contacts drop constraint student_contacts_pkey;
alter table student_contacts add primary key (student_id, school_id, id);
drop index student_contacts_student;

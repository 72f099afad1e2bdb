-- The last visit of each child in a list of students is read from the index alone again, with what its policy now asks:
-- whether the kind is open to families and from whom the record is kept.
drop index record_subjects_latest;
create index record_subjects_latest on record_subjects (school_id, student_id, kind, act_date desc)
  include (scope, secrecy, author_id, open_to_family, excluded) where current;

-- What a roster of a hundred thousand writes beside its rows: an index entry costs as much as a row, so what one index can
-- answer is not kept twice. [T2]

-- Facts of a student by fact: the key answers what the index of current facts answered; a student has few superseded ones.
alter table facts drop constraint facts_pkey;

alter table facts add primary key (school_id, student_id, fact, id);

drop index facts_current;

-- Siblings are found by the households of students; nobody asks students for theirs.
drop index students_household;

-- Rows of an import by outcome: most are new or unchanged and found by their number; the few others are found by this.
drop index import_rows_outcome;

create index import_rows_outcome on import_rows (import_id, outcome, row) where outcome not in (1, 3);

-- The second session of a large roster lays its rows out where classifications do theirs.
grant usage, create on schema working to importer;

comment on schema working is 'Tables a classification or a large import makes and drops within its own transaction; always empty for everybody else.';

-- Guardians are asked for by their child, classes by their path.
drop index student_contacts_name;

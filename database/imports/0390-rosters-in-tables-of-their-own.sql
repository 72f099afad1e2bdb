-- A previewed roster waits for its commit in a table of its own, in the form and order in which it is written: nothing of it
-- is logged, sorted again or deleted row by row. A crash of the server empties the table; the roster is then previewed once more. [T2]

delete from import_staged s using imports i where i.id = s.import_id and i.kind = 'roster';

update imports set state = 'mapped', progress = '{}' where kind = 'roster' and state in ('previewing', 'previewed', 'committing');

alter table import_staged
  drop column entered_on,
  drop column household_digest,
  drop column head_name,
  drop column head_key,
  drop column address_cipher,
  drop column guardian1_name,
  drop column guardian1_key,
  drop column guardian1_relation,
  drop column guardian1_phone,
  drop column guardian2_name,
  drop column guardian2_key,
  drop column guardian2_relation,
  drop column guardian2_phone,
  drop column boarding,
  drop column ethnicity,
  drop column left_behind,
  drop column migrant_child,
  drop column single_parent,
  drop column per_capita_income,
  drop column household_size,
  drop column inclusive_class;

comment on table import_staged is 'Rows of a list of people or staff as read, ready to be written by one statement per table; gone after commit or cancel. Only the importing job sees them. A roster has a table of its own in the schema working.';

comment on schema working is 'Tables that one job makes and nobody else may read: a classification and the second half of a large import drop theirs within the transaction; a previewed roster waits in its own until it is committed, cancelled or previewed again.';

-- New rows of a roster without a fault say nothing of their own: those of one block stand together. A preview of a hundred
-- thousand wrote as many rows that all said the same. [X7]

alter table import_rows add column rows integer[];

comment on column import_rows.rows is 'New rows of one block that say the same, in no order; row is the first of them. Null: the row stands for itself.';

grant insert (rows) on import_rows to importer;

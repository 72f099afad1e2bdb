-- A list goes on by scope, name and id: with the id in the index it is read in its order and never sorted.

drop index students_scope;

create index students_scope on students (scope, name_order, id);

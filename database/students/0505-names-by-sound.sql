-- Names stand as offices are used to: by sound. The national encoding holds the common characters in that order, so its bytes
-- are the order; they stay what they are whichever server reads them, and a list can be walked along them. [C24]

create function name_order(name text) returns bytea
  language plpgsql immutable strict parallel safe
  as $$ begin return convert_to(name, 'GB18030'); end $$;

comment on function name_order is 'What a name is sorted by: its bytes in GB 18030, common characters by their sound.';

alter table students add column name_order bytea not null generated always as (name_order(name)) stored;

comment on column students.name_order is 'What lists are sorted by within a class.';

drop index students_scope;

create index students_scope on students (scope, name_order);

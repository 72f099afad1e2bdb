-- Units stand as people count and call them: 二年级 before 三年级, 2班 before 10班, 第一小学 before 第二小学, else by sound. [T2]

create function unit_order(name text) returns bytea
  language plpgsql immutable strict parallel safe
  as $$
  declare counted text := translate(name, '〇一二三四五六七八九', '0123456789');
  begin
    counted := regexp_replace(counted, '([0-9]+)', '000000000\1', 'g');
    return convert_to(regexp_replace(counted, '[0-9]*([0-9]{10})(?![0-9])', '\1', 'g'), 'GB18030');
  end $$;

comment on function unit_order is 'What the name of a unit is sorted by: numbers by their value, common characters by their sound.';

alter table units add column name_order bytea not null generated always as (unit_order(name)) stored;

comment on column units.name_order is 'What units right below one are sorted by, behind sort and grade.';

drop index units_parent;

create index units_parent on units (parent_id, sort, grade, name_order);

-- What a person sees, once more by secrecy domain: in `at` the first place open in that domain, in `more` the others, in `of`
-- the students seen one by one; 0 stands for any domain at all. A place is a path, and what stands there begins with it. The
-- door derives all of it from the ranges, lists and domains the policies read before.
--
-- A server makes ready every call of a policy for every table of every statement: for the file of a student, thirty tables of
-- some forty calls each, this took as long as finding the rows. Tables that are only asked for by their student, their case
-- or a range of their own are asked the short way; students, people and appointments keep ranges that an index can follow.
-- [C13]

alter role app set app.at0 = '~';
alter role app set app.at1 = '~';
alter role app set app.at2 = '~';
alter role app set app.at3 = '~';
alter role app set app.at4 = '~';
alter role app set app.at5 = '~';
alter role app set app.at6 = '~';
alter role app set app.at7 = '~';
alter role app set app.more0 = '{}';
alter role app set app.more1 = '{}';
alter role app set app.more2 = '{}';
alter role app set app.more3 = '{}';
alter role app set app.more4 = '{}';
alter role app set app.more5 = '{}';
alter role app set app.more6 = '{}';
alter role app set app.more7 = '{}';
alter role app set app.of1 = '{}';
alter role app set app.of2 = '{}';
alter role app set app.of3 = '{}';
alter role app set app.of4 = '{}';
alter role app set app.of5 = '{}';
alter role app set app.of6 = '{}';
alter role app set app.of7 = '{}';

alter policy app_selects on facts_general
  using ((
    scope ^@ current_setting('app.at1')
    or scope ^@ any(current_setting('app.more1')::text[])
    or student_id = any(current_setting('app.of1')::uuid[])
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_selects on facts_family
  using ((
    scope ^@ current_setting('app.at2')
    or scope ^@ any(current_setting('app.more2')::text[])
    or student_id = any(current_setting('app.of2')::uuid[])
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_selects on facts_groups
  using ((
    scope ^@ current_setting('app.at3')
    or scope ^@ any(current_setting('app.more3')::text[])
    or student_id = any(current_setting('app.of3')::uuid[])
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_selects on facts_health
  using ((
    scope ^@ current_setting('app.at4')
    or scope ^@ any(current_setting('app.more4')::text[])
    or student_id = any(current_setting('app.of4')::uuid[])
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_selects on facts_psychology
  using ((
    scope ^@ current_setting('app.at5')
    or scope ^@ any(current_setting('app.more5')::text[])
    or student_id = any(current_setting('app.of5')::uuid[])
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_selects on facts_protection
  using ((
    scope ^@ current_setting('app.at6')
    or scope ^@ any(current_setting('app.more6')::text[])
    or student_id = any(current_setting('app.of6')::uuid[])
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_selects on facts_schooling
  using ((
    scope ^@ current_setting('app.at7')
    or scope ^@ any(current_setting('app.more7')::text[])
    or student_id = any(current_setting('app.of7')::uuid[])
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_selects on student_particulars
  using ((
    scope ^@ current_setting('app.at2')
    or scope ^@ any(current_setting('app.more2')::text[])
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.of2')::uuid[]))
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_selects on student_contacts
  using ((
    scope ^@ current_setting('app.at2')
    or scope ^@ any(current_setting('app.more2')::text[])
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.of2')::uuid[]))
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_selects on recognitions
  using ((
    scope ^@ current_setting('app.at2')
    or scope ^@ any(current_setting('app.more2')::text[])
    or student_id = any(current_setting('app.of2')::uuid[])
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_selects on pairings
  using ((
    scope ^@ current_setting('app.at6')
    or mentor_id = current_setting('app.actor')::uuid
    or scope ^@ any(current_setting('app.more6')::text[])
    or student_id = any(current_setting('app.of6')::uuid[])
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

-- Of tables whose rows have a domain each, the setting is the one of that row's domain.

alter policy app_selects on facts
  using ((
    scope ^@ current_setting('app.at' || secrecy)
    or scope ^@ any(current_setting('app.more' || secrecy)::text[])
    or ((current_setting('app.family') = '' or recorded_by = current_setting('app.actor')::uuid) and student_id = any(current_setting('app.of' || secrecy)::uuid[]))
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_selects on class_spells
  using ((
    scope ^@ current_setting('app.at' || secrecy)
    or scope ^@ any(current_setting('app.more' || secrecy)::text[])
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.of' || secrecy)::uuid[]))
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_selects on duty_progress
  using ((
    scope ^@ current_setting('app.at' || secrecy)
    or scope ^@ any(current_setting('app.more' || secrecy)::text[])
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.of' || secrecy)::uuid[]))
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_selects on event_duties
  using ((
    scope ^@ current_setting('app.at' || secrecy)
    or scope ^@ any(current_setting('app.more' || secrecy)::text[])
    or student_id = any(current_setting('app.of' || secrecy)::uuid[])
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

alter policy app_selects on attachments
  using ((
    scope ^@ current_setting('app.at' || secrecy)
    or author_id = current_setting('app.actor')::uuid
    or scope ^@ any(current_setting('app.more' || secrecy)::text[])
    or (current_setting('app.family') = '' and student_id = any(current_setting('app.of' || secrecy)::uuid[]))
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))));

alter policy app_selects on record_subjects
  using ((
    scope ^@ current_setting('app.at' || secrecy)
    or author_id = current_setting('app.actor')::uuid
    or scope ^@ any(current_setting('app.more' || secrecy)::text[])
    or ((current_setting('app.family') = '' or open_to_family) and student_id = any(current_setting('app.of' || secrecy)::uuid[]))
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))
  and (excluded = '{}' or current_setting('app.actor')::uuid <> all(excluded)));

alter policy app_selects on records
  using ((
    scope ^@ current_setting('app.at' || secrecy)
    or author_id = current_setting('app.actor')::uuid
    or (open_below and scope = any(current_setting('app.above')::text[]) and secrecy = 1)
    or scope ^@ any(current_setting('app.more' || secrecy)::text[])
    or ((current_setting('app.family') = '' or open_to_family) and student_id = any(current_setting('app.of' || secrecy)::uuid[]))
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])))
  and (excluded = '{}' or current_setting('app.actor')::uuid <> all(excluded)));

-- What somebody records stands where anything at all is open to them.

alter policy app_inserts on records
  with check (author_id = current_setting('app.actor')::uuid and (
    scope ^@ current_setting('app.at0')
    or scope ^@ any(current_setting('app.more0')::text[])
    or student_id = any(current_setting('app.students')::uuid[])
    or (student_id is null and scope >= current_setting('app.home_lo') and scope < current_setting('app.home_hi'))
  )
  and (student_id is null or (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[]))));

alter policy app_inserts on record_subjects
  with check (author_id = current_setting('app.actor')::uuid and (
    scope ^@ current_setting('app.at0')
    or scope ^@ any(current_setting('app.more0')::text[])
    or student_id = any(current_setting('app.students')::uuid[])
  )
  and (current_setting('app.barred') = '{}' or student_id <> all(current_setting('app.barred')::uuid[])));

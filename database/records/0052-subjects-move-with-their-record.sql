-- Whether a record counts and is reviewed follows the record for every subject, seen or not by who withdraws it.

create policy counter_updates on record_subjects for update to counter
  using (true)
  with check (true);
grant update (current, reviewed) on record_subjects to counter;

drop policy app_updates on record_subjects;
revoke update on record_subjects from app;

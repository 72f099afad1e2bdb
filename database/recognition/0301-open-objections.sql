-- Whether a case is objected to is asked at every step of a round: among the few objections that are open, not among all
-- cases of the school.
create index flow_cases_open_objections on flow_cases (school_id)
  where flow = 'recognition-objection' and closed_at is null;

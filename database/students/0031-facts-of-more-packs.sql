-- What more packs ask of a student: homes far away, graduation, risk of leaving school, placement. [N4 C2 G2 G8 G9 G17]

alter table facts_family
  add column remote_home boolean;

comment on column facts_family.remote_home is '家在偏远地区';

grant insert (remote_home), update (remote_home) on facts_family to app;

grant insert (remote_home), update (remote_home) on facts_family to importer;

alter table facts_schooling
  add column graduating boolean,
  add column schooling_at_risk boolean,
  add column enrolment_difficulty boolean,
  add column literacy_lacking boolean,
  add column special_placement smallint;

comment on column facts_schooling.graduating is '本学年毕业';

comment on column facts_schooling.schooling_at_risk is '有辍学、失学或肄业危机';

comment on column facts_schooling.enrolment_difficulty is '入学困难';

comment on column facts_schooling.literacy_lacking is '综合素养待提升';

comment on column facts_schooling.special_placement is '特殊教育安置方式';

grant insert (graduating, schooling_at_risk, enrolment_difficulty, literacy_lacking, special_placement), update (graduating, schooling_at_risk, enrolment_difficulty, literacy_lacking, special_placement) on facts_schooling to app;

grant insert (graduating, schooling_at_risk, enrolment_difficulty, literacy_lacking, special_placement), update (graduating, schooling_at_risk, enrolment_difficulty, literacy_lacking, special_placement) on facts_schooling to importer;

-- The plan of care says who leads it and who answers for it. [G6 G28]

alter table key_listings
  add column owner smallint,
  add column keeper_cipher bytea;

comment on column key_listings.owner is 'Department that leads the care: 1 德育 2 心理 3 教务 4 就业 5 特教 6 年级 9 其他. Null where one step confirmed.';

comment on column key_listings.keeper_cipher is 'Who answers for the care, encrypted.';

grant insert (owner, keeper_cipher) on key_listings to importer;

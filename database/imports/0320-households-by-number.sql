-- A household is a number that brothers and sisters share; it stands with each of them. The table of numbers said nothing that
-- they don't and nobody read it: a roster of a hundred thousand wrote a hundred thousand rows for it. [T2]

drop table households;

comment on column student_households.household_id is 'First half of the keyed digest of the first guardian and phone: the same for brothers and sisters, wherever they study.';

comment on column students.household_id is 'The household as the last roster knew it; see student_households.';

-- A post held for somebody else for some days: an appointment that says for whom. It ends with the post it stands for.

alter table appointments add column acting_for uuid;

comment on column appointments.acting_for is 'The person who delegated the post while away; everything done in it says on whose behalf.';

create index appointments_acting_for on appointments (acting_for) where acting_for is not null;

grant insert (acting_for), update (acting_for) on appointments to importer;

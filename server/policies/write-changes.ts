const opened = (
  changed: string,
  day: string,
): string => `insert into class_spells (school_id, student_id, rule, since, scope, secrecy)
    select c.school_id, c.student_id, y.rule, ${day}, c.scope, r.secrecy
    from ${changed} c cross join lateral unnest(c.yes) y(rule) join policy_rules r on r.number = y.rule
    where y.rule <> all(c.was)`

/**
 * SQL after `with`: writes what a relation `changed` (school_id, student_id, scope, yes, unknown, was, enrolled, known) says into
 * spells and arrays. A class left on the day it was entered leaves no trace; one left later closes on that day. `schools`
 * is SQL of the list of schools that `changed` is of: nothing of another school is looked at. The caller holds the schools, so
 * that whoever was not known is not known still; in a school where nobody was ever in a class, no spell can be there already.
 */
export const writeChanges = (changed: string, day: string, schools: string): string => `
  gone as (
    select c.school_id, c.student_id, w.rule from ${changed} c, unnest(c.was) w(rule) where w.rule <> all(c.yes)),
  undone as (
    delete from class_spells k using gone g
    where k.school_id = g.school_id and k.student_id = g.student_id and k.rule = g.rule and k.until is null and k.since = ${day}
      and k.school_id = any(${schools})),
  closed as (
    update class_spells k set until = ${day} from gone g
    where k.school_id = g.school_id and k.student_id = g.student_id and k.rule = g.rule and k.until is null and k.since <> ${day}
      and k.school_id = any(${schools})),
  unspelt as materialized (
    select array(select one from unnest(${schools}) one where (select true from class_spells k where k.school_id = one limit 1) is null) as ids),
  opened_first as (
    ${opened(changed, day)} and c.school_id = any((select ids from unspelt)::uuid[])),
  opened as (
    ${opened(changed, day)} and c.school_id <> all((select ids from unspelt)::uuid[])
    on conflict (school_id, student_id, rule, since) do update set until = null),
  dropped as (
    delete from classified k using ${changed} c
    where not c.enrolled and k.school_id = c.school_id and k.student_id = c.student_id and k.school_id = any(${schools})),
  judged_first as (
    insert into classified (school_id, student_id, scope, yes, unknown, as_of)
    select c.school_id, c.student_id, c.scope, c.yes, c.unknown, ${day} from ${changed} c where c.enrolled and not c.known)
  update classified k set yes = c.yes, unknown = c.unknown, as_of = ${day}, scope = c.scope from ${changed} c
  where c.enrolled and c.known and k.school_id = c.school_id and k.student_id = c.student_id and k.school_id = any(${schools})`

import { fitsInSql, type PlannedCoverage, type Plans, schoolsAlike } from '#server/duties'
import { type Db, raw, type Services, type Statement, sql } from '#server/platform'
import type { Scene } from './scene.ts'

const json = (rows: readonly object[]): string => JSON.stringify(rows)

const viewRows = (coverages: readonly PlannedCoverage[]): string =>
  json(coverages.map(({ number, classRule, duties }) => ({ number, class: classRule, needed: duties.length })))

const dutyRows = (coverages: readonly PlannedCoverage[]): string =>
  json(
    coverages.flatMap(({ number, duties }) =>
      duties.map(({ rule, atLeast, full, base, appointment }) => ({
        number,
        rule,
        at_least: atLeast,
        full_bits: full,
        base,
        appointment,
      })),
    ),
  )

const feedRows = (coverages: readonly PlannedCoverage[]): string =>
  json(
    coverages.flatMap(({ number, duties }) =>
      duties.flatMap(({ rule, period, feeds }) =>
        feeds.map(({ kind, modes, coded, part, bit }) => ({
          number,
          rule,
          from_on: period.startsOn,
          until_on: period.endsOn,
          kind,
          modes,
          coded,
          part,
          bit,
        })),
      ),
    ),
  )

const eventRows = (coverages: readonly PlannedCoverage[]): string =>
  json(
    coverages.flatMap(({ number, period, events }) =>
      events.map(({ rule }) => ({ number, rule, from_on: period.startsOn, until_on: period.endsOn })),
    ),
  )

const running = (coverages: readonly PlannedCoverage[], on: string): readonly PlannedCoverage[] =>
  coverages.filter(({ period }) => period.startsOn <= on && on <= period.endsOn)

/**
 * Students of some schools that live by the same rules, as they stood at the end of a day, as a relation `student`
 * (number, school_id, student_id, scope, is_met, is_reviewed) that `tail` reads. `tail` is written in code.
 */
const standing = (
  scene: Scene,
  coverages: readonly PlannedCoverage[],
  schoolIds: readonly string[],
  tail: string,
): Statement =>
  sql`with view as (
      select * from jsonb_to_recordset(${viewRows(coverages)}::jsonb) as v(number int, class int, needed int)),
    duty as (
      select * from jsonb_to_recordset(${dutyRows(coverages)}::jsonb)
        as d(number int, rule int, at_least int, full_bits int, base int, appointment boolean)),
    feed as (
      select * from jsonb_to_recordset(${feedRows(coverages)}::jsonb)
        as f(number int, rule int, from_on date, until_on date, kind smallint, modes smallint[], coded jsonb, part smallint, bit int)),
    event as (
      select * from jsonb_to_recordset(${eventRows(coverages)}::jsonb) as x(number int, rule int, from_on date, until_on date)),
    member as (
      select distinct v.number, v.needed, k.school_id, k.student_id, k.scope
      from view v join class_spells k on k.rule = v.class
      where k.school_id = any(${schoolIds}::uuid[]) and k.scope >= ${scene.lo} and k.scope < ${scene.hi}
        and k.since <= ${scene.on}::date and (k.until is null or k.until > ${scene.on}::date)),
    act as (
      select f.number, f.rule, m.school_id, m.student_id, count(distinct r.record_id)::int as n, bit_or(f.bit) as bits,
        count(distinct r.record_id) filter (where r.reviewed)::int as reviewed,
        coalesce(bit_or(f.bit) filter (where r.reviewed), 0) as reviewed_bits
      from member m
        join record_subjects r on r.school_id = m.school_id and r.student_id = m.student_id and r.current
          and r.act_date <= ${scene.on}::date
        join feed f on f.number = m.number and f.kind = r.kind and r.act_date >= f.from_on and r.act_date <= f.until_on
      where ${raw(fitsInSql('r', 'f'))}
      group by f.number, f.rule, m.school_id, m.student_id
      union all
      select d.number, d.rule, m.school_id, m.student_id, count(*)::int, 0, count(*)::int, 0
      from member m join duty d on d.number = m.number and d.appointment
        join pairings p on p.school_id = m.school_id and p.student_id = m.student_id
          and p.from_date <= ${scene.on}::date and (p.until_date is null or p.until_date > ${scene.on}::date)
      group by d.number, d.rule, m.school_id, m.student_id),
    done as (
      select a.number, a.school_id, a.student_id,
        count(*) filter (where case when d.full_bits > 0 then (a.bits | d.base) = d.full_bits else a.n >= d.at_least end) as met,
        count(*) filter (where case when d.full_bits > 0 then (a.reviewed_bits | d.base) = d.full_bits else a.reviewed >= d.at_least end)
          as reviewed
      from act a join duty d on d.number = a.number and d.rule = a.rule
      group by a.number, a.school_id, a.student_id),
    left_open as (
      select distinct x.number, e.school_id, e.student_id
      from event x join event_duties e on e.rule = x.rule and e.happened_on >= x.from_on and e.happened_on <= x.until_on
      where e.school_id = any(${schoolIds}::uuid[]) and e.happened_on <= ${scene.on}::date
        and (e.settled_on is null or e.settled_on > least(e.due_on, ${scene.on}::date))),
    student as (
      select m.number, m.school_id, m.student_id, m.scope, coalesce(d.met, 0) = m.needed and o.number is null as is_met,
        coalesce(d.reviewed, 0) = m.needed and o.number is null as is_reviewed
      from member m
        left join done d on d.number = m.number and d.school_id = m.school_id and d.student_id = m.student_id
        left join left_open o on o.number = m.number and o.school_id = m.school_id and o.student_id = m.student_id)
    ${raw(tail)}`

/**
 * Reads how students stood on a day gone by: who was in the class that day, and what was done up to it; by the day things
 * happened, with what is known now. Counted from classes and records, since sums and progress stand as they are today.
 * `tail` is SQL over `student`, for the coverages asked. Read as the classifier: whoever answers with it shows figures, or
 * reads names again as the person. [C12]
 */
export const readAsOf = async <Row extends object>(
  services: Services,
  plans: Plans,
  scene: Scene,
  asks: (coverage: PlannedCoverage) => boolean,
  tail: (coverages: readonly PlannedCoverage[]) => string,
): Promise<readonly Row[]> =>
  services.door.asJob('classifier', async (db: Db) => {
    const schools = await db.rows<{ id: string }>(sql`select id from units where school_id = id
      and ((path >= ${scene.lo} and path < ${scene.hi}) or starts_with(${scene.unit.path}, path))`)
    const found: Row[] = []
    const groups = await schoolsAlike(
      db,
      plans,
      schools.map(({ id }) => id),
      scene.on,
    )
    for (const { plan, ids } of groups) {
      const coverages = running(plan.coverages, scene.on).filter(asks)
      if (coverages.length === 0) continue
      found.push(...(await db.rows<Row>(standing(scene, coverages, ids, tail(coverages)))))
    }
    return found
  })

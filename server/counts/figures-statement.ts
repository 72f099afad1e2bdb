import { isSchoolKind, type UnitKind, unitKinds } from '#contract/organisations'
import type { Statement } from '#server/platform'
import { leftOpen } from './coverage-rows.ts'
import type { Scene, View } from './scene.ts'

/** A figure of one coverage, of everything at or below one path right under the unit; the unit's own path is itself. */
export interface FigureRow {
  readonly source: 'sum' | 'live' | 'units'
  readonly number: number
  readonly path: string
  readonly need: number
  readonly met: number
  readonly reviewed: number
}

const kindsOf = (units: readonly string[]): UnitKind[] =>
  (Object.keys(unitKinds) as UnitKind[]).filter(
    (kind) => units.includes(kind) || (units.includes('school') && isSchoolKind(kind)),
  )

/** Coverages of students as the statement reads them. */
export const viewRows = (views: readonly View[]): string =>
  JSON.stringify(
    views.flatMap(({ number, measures, planned }) =>
      planned
        ? measures.map((measure) => ({
            number,
            measure,
            period: planned.period.startsOn,
            class: measure === planned.measure ? planned.classRule : null,
            needed: planned.duties.length,
          }))
        : [],
    ),
  )

/** The duties of each coverage, by its number. */
export const dutyRows = (views: readonly View[]): string =>
  JSON.stringify(
    views.flatMap(({ number, planned }) =>
      (planned?.duties ?? []).map(({ rule, period }) => ({ number, rule, period: period.startsOn })),
    ),
  )

/** What events make due for each coverage, by its number, over the days of its period. */
export const eventRows = (views: readonly View[]): string =>
  JSON.stringify(
    views.flatMap(({ number, planned }) =>
      (planned?.events ?? []).map(({ rule }) => ({
        number,
        rule,
        from_on: planned?.period.startsOn,
        until_on: planned?.period.endsOn,
      })),
    ),
  )

/** The columns of `eventRows`. */
export const eventColumns = 'number int, rule int, from_on date, until_on date'

/** SQL: whether something a coverage asks of `m` was left open; false where no coverage asks for any. */
export const eventsOpen = (views: readonly View[], m: string, reviewed = false): string =>
  views.some(({ planned }) => (planned?.events.length ?? 0) > 0)
    ? leftOpen(m, 'event', `x.number = ${m}.number`, reviewed)
    : 'false'

/** What a support centre must have, and which kinds of unit must have one. */
export const centreOf = (
  views: readonly View[],
): { readonly number: number; readonly kinds: readonly UnitKind[]; readonly needs: readonly string[] } => {
  const found = views.find(({ rule }) => rule.denominator.kind === 'units')
  const { denominator, numerator } = found?.rule ?? {}
  return {
    number: found?.number ?? 0,
    kinds: denominator?.kind === 'units' ? kindsOf(denominator.units) : [],
    needs: numerator?.kind === 'centre' ? numerator.needs : [],
  }
}

/**
 * SQL: whether a unit `u` has a support centre with all parts; `needs` and `today` are places of parameters. Centres are
 * looked through once, those at or below the path `under`: there are fewer of them than units.
 */
export const hasCentre = (
  needs: string,
  today: string,
  under: string,
): string => `u.id in (select b.unit_id from bodies b
    where b.scope >= ${under} and b.scope < ${under} || '~' and b.kind = 'support-centre' and b.from_date <= ${today} and (b.until_date is null or b.until_date > ${today})
      and (not 'place' = any(${needs}) or nullif(trim(b.place), '') is not null)
      and (not 'director' = any(${needs}) or exists (select from body_members m where m.body_id = b.id and m.role = 'head'
        and (m.until_date is null or m.until_date > ${today})))
      and (not 'member' = any(${needs}) or exists (select from body_members m where m.body_id = b.id and m.role <> 'head'
        and (m.until_date is null or m.until_date > ${today}))))`

// The path right below the unit that a path belongs to; the unit's own path stays itself.
const below = (path: string): string => `left(${path}, length($3) + strpos(substr(${path}, length($3) + 1), '.'))`

/**
 * All figures of a unit and of those right below it in one statement: schools from their sums, classes counted live
 * under the row policies, support centres from the bodies themselves. [C12 S10]
 */
export const figuresStatement = (scene: Scene): Statement => {
  const centre = centreOf(scene.views)
  return {
    text: `with view as (
      select * from jsonb_to_recordset($4::jsonb) as v(number int, measure int, period date, class int, needed int)),
    part as (
      select * from jsonb_to_recordset($5::jsonb) as p(number int, rule int, period date)),
    event as (select * from jsonb_to_recordset($11::jsonb) as x(${eventColumns})),
    member as (
      select distinct v.number, v.needed, k.school_id, k.student_id, k.scope
      from view v join class_spells k on k.rule = v.class
      where $6::boolean and k.scope >= $1 and k.scope < $2
        and k.since <= $7::date and (k.until is null or k.until > $7::date)),
    student as (
      select m.number, m.scope,
        count(p.rule) filter (where p.met) = m.needed and not ${eventsOpen(scene.views, 'm')} as is_met,
        count(p.rule) filter (where p.met and p.reviewed) = m.needed and not ${eventsOpen(scene.views, 'm', true)} as is_reviewed
      from member m
        left join part t on t.number = m.number
        left join duty_progress p on p.school_id = m.school_id and p.student_id = m.student_id and p.rule = t.rule and p.period = t.period
      group by m.number, m.needed, m.school_id, m.student_id, m.scope)
    select 'sum' as source, v.number, ${below('f.scope')} as path, sum(f.need)::int as need, sum(f.met)::int as met,
      sum(f.reviewed)::int as reviewed
    from view v join sums f on f.measure = v.measure and f.period = v.period
    where f.split = 0 and f.scope >= $1 and f.scope < $2
    group by v.number, 3
    union all
    select 'live', number, ${below('scope')}, count(*)::int, count(*) filter (where is_met)::int, count(*) filter (where is_reviewed)::int
    from student group by number, 3
    union all
    select 'units', $8::int, ${below('u.path')}, count(*)::int, count(*) filter (where ${hasCentre('$10::text[]', '$7::date', '$3')})::int, 0
    from units u
    where u.kind <> 'class' and u.path >= $1 and u.path < $2 and u.closed_on is null and u.kind = any($9::text[])
    group by 3`,
    values: [
      scene.lo,
      scene.hi,
      scene.unit.path,
      viewRows(scene.views),
      dutyRows(scene.views),
      scene.live,
      scene.on,
      centre.number,
      centre.kinds,
      centre.needs,
      eventRows(scene.views),
    ],
    plannedOnce: true,
  }
}

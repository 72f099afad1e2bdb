import type { getCoverageSplits as endpoint } from '#contract/counts'
import { urbanLabels } from '#contract/organisations'
import { type AnswerOf, notFound, type PlainDate } from '#contract/platform'
import { rosterFacts } from '#contract/students'
import type { Plans } from '#server/duties'
import type { Actor, Services, Statement } from '#server/platform'
import type { Registry } from '#server/policies'
import { centreOf, dutyRows, eventColumns, eventRows, eventsOpen, hasCentre, viewRows } from './figures-statement.ts'
import { readScene, type Scene, seesTotal, type View } from './scene.ts'
import { type SplitRow, splitsAsOf } from './splits-as-of.ts'

type Answer = AnswerOf<typeof endpoint>
type Group = Answer['groups'][number]

// A school and above: from sums. The class kinds shown are those whose domain is open over the whole unit.
const fromSums = (scene: Scene, view: View, domains: readonly number[]): Statement => ({
  text: `select case when f.split < 0 then 'stage' else 'class' end as by, abs(f.split) as code, r.label,
      sum(f.need)::int as need, sum(f.met)::int as met, sum(f.reviewed)::int as reviewed
    from sums f left join policy_rules r on r.number = f.split
    where f.scope >= $1 and f.scope < $2 and f.measure = any($3::int[]) and f.period = $4::date
      and (f.split < 0 or (f.split > 0 and r.secrecy = any($5::smallint[]) and not r.proposes))
    group by 1, 2, 3
    union all
    select 'urban', u.urban, null, sum(f.need)::int, sum(f.met)::int, sum(f.reviewed)::int
    from sums f join units u on u.id = f.school_id
    where f.scope >= $1 and f.scope < $2 and f.measure = any($3::int[]) and f.period = $4::date and f.split = 0
      and u.urban is not null
    group by u.urban
    order by 1, 2`,
  values: [scene.lo, scene.hi, view.measures, view.planned?.period.startsOn ?? null, domains],
})

const liveOf = (scene: Scene, view: View): Statement => ({
  text: `with view as (
      select * from jsonb_to_recordset($3::jsonb) as v(number int, measure int, period date, class int, needed int)),
    part as (select * from jsonb_to_recordset($4::jsonb) as p(number int, rule int, period date)),
    event as (select * from jsonb_to_recordset($7::jsonb) as x(${eventColumns})),
    member as (
      select distinct v.number, v.needed, k.school_id, k.student_id from view v join class_spells k on k.rule = v.class
      where k.scope >= $1 and k.scope < $2 and k.since <= $5::date and (k.until is null or k.until > $5::date)),
    student as (
      select m.school_id, m.student_id, s.stage, count(p.rule) filter (where p.met) = m.needed and not ${eventsOpen([view], 'm')} as is_met,
        count(p.rule) filter (where p.met and p.reviewed) = m.needed and not ${eventsOpen([view], 'm', true)} as is_reviewed
      from member m left join part t on t.number = m.number
        join students s on s.school_id = m.school_id and s.id = m.student_id
        left join duty_progress p on p.school_id = m.school_id and p.student_id = m.student_id and p.rule = t.rule and p.period = t.period
      group by m.school_id, m.student_id, m.number, s.stage, m.needed)
    select 'stage' as by, stage::int as code, null as label, count(*)::int as need, count(*) filter (where is_met)::int as met,
      count(*) filter (where is_reviewed)::int as reviewed
    from student group by stage
    union all
    select 'class', k.rule, r.label, count(*)::int, count(*) filter (where t.is_met)::int, count(*) filter (where t.is_reviewed)::int
    from student t join class_spells k on k.school_id = t.school_id and k.student_id = t.student_id and k.until is null
      join policy_rules r on r.number = k.rule and not r.proposes
    where k.rule = any($6::int[])
    group by k.rule, r.label
    order by 1, 2`,
  values: [
    scene.lo,
    scene.hi,
    viewRows([view]),
    dutyRows([view]),
    scene.on,
    view.planned?.splits ?? [],
    eventRows([view]),
  ],
})

const ofUnits = (scene: Scene, view: View): Statement => {
  const centre = centreOf([view])
  const met = hasCentre('$4::text[]', '$5::date', '$1')
  return {
    text: `select 'stage' as by, u.stage::int as code, null as label, count(*)::int as need, count(*) filter (where ${met})::int as met, 0 as reviewed
      from units u where u.path >= $1 and u.path < $2 and u.kind = any($3::text[]) and u.closed_on is null and u.stage is not null
      group by u.stage
      union all
      select 'urban', u.urban::int, null, count(*)::int, count(*) filter (where ${met})::int, 0
      from units u where u.path >= $1 and u.path < $2 and u.kind = any($3::text[]) and u.closed_on is null and u.urban is not null
      group by u.urban
      order by 1, 2`,
    values: [scene.lo, scene.hi, centre.kinds, centre.needs, scene.on],
  }
}

const labelOf = ({ by, code, label }: SplitRow): string => {
  if (by === 'stage') return (rosterFacts.stage.codes as Record<number, string>)[code] ?? '其他'
  if (by === 'urban') return (urbanLabels as Record<number, string>)[code] ?? '其他'
  return label ?? ''
}

const titles: Record<Group['by'], string> = { stage: '按学段', urban: '按城乡', class: '按对象类别' }

/** One coverage by stage, town and country, class kinds, as far as the pack splits it and this person may see. [C12 T2] */
export const getSplits = async (
  services: Services,
  registry: Registry,
  plans: Plans,
  actor: Actor,
  { unitId, coverage }: { readonly unitId: string; readonly coverage: number },
  on?: PlainDate,
): Promise<Answer> => {
  const scene = await readScene(services, registry, plans, actor, unitId, on)
  const view = scene.views.find(({ number }) => number === coverage)
  if (!view || !seesTotal(scene, view)) throw notFound()
  const domains = [...scene.reach.domainsAt(scene.unit.path)]
  const statement =
    view.rule.denominator.kind === 'units'
      ? ofUnits(scene, view)
      : scene.live && !scene.isSchool
        ? liveOf(scene, view)
        : fromSums(scene, view, domains)
  const past = scene.on < services.today() && view.rule.denominator.kind !== 'units'
  const rows = past
    ? await splitsAsOf(services, plans, scene, view)
    : await services.door.readAsActor<SplitRow>(actor, statement)
  return {
    groups: view.rule.splits.flatMap((by) => {
      const its = rows.filter((row) => row.by === by)
      if (its.length === 0) return []
      return [
        {
          by,
          label: titles[by],
          rows: its.map((row) => ({
            label: labelOf(row),
            need: row.need,
            met: row.met,
            reviewed: view.rule.showsReviewed ? row.reviewed : null,
          })),
        },
      ]
    }),
  }
}

import { rangeOf } from '#contract/organisations'
import { whyNotPermitted } from '#contract/people'
import { type AnswerOf, notFound, type PlainDate, type QueryOf, schoolYearOf } from '#contract/platform'
import { type ClassRule, classLookup, type Subject, suggestionFor } from '#contract/policies'
import {
  type listCandidates as declared,
  findFlowRule,
  isReasonAsked,
  keyListingFlow,
  recognitionFlow,
} from '#contract/recognition'
import { type SecrecyDomain, secrecyDomains } from '#contract/students'
import { type Actor, type Db, type Services, sql } from '#server/platform'
import type { Registry } from '#server/policies'

type Answer = AnswerOf<typeof declared>
type Kind = QueryOf<typeof declared>['kind']
type Candidate = Answer['candidates'][number]

interface Row extends Omit<Candidate, 'suggestedLevel' | 'reasonAsked'> {
  readonly total: number
  readonly schoolPath: string
  readonly roster: Subject['roster']
  readonly facts: Subject['facts']
}

const pageSize = 50
const decides = { recognition: 'hardship_level', 'key-listing': 'key_student' } as const

// What the reader does not see is not there, so a suggestion never rests on it.
const visibleFacts = (Object.keys(secrecyDomains) as SecrecyDomain[])
  .map(
    (domain) =>
      `coalesce((select to_jsonb(f) from facts_${domain} f where f.school_id = s.school_id and f.student_id = s.id), '{}')`,
  )
  .join(' || ')

/** Numbers of all candidate rules of any pack that propose what this kind of decision decides. */
const proposingRules = (registry: Registry, unitPath: string, kind: Kind, today: PlainDate): number[] => {
  const inForce = registry.inForce(unitPath, today)
  const proposing = registry.packs
    .flatMap(({ rules }) => rules)
    .filter((rule): rule is ClassRule => rule.kind === 'who' && rule.proposes && proposes(rule, kind))
  return [...new Set(proposing.map(({ ref }) => inForce.classNumber(ref)))]
}

const proposes = ({ suggests }: ClassRule, kind: Kind): boolean => suggests?.fact === decides[kind]

// Decided since: recognised now, on the list now, or declined in this school year.
const undecided = (kind: Kind, today: PlainDate): { readonly text: string; readonly values: readonly string[] } =>
  kind === 'recognition'
    ? {
        text: `not exists (select from recognitions g where g.school_id = s.school_id and g.student_id = s.id
          and g.ended_on is null and g.until_date >= $1::date)`,
        values: [today],
      }
    : {
        text: `not exists (select from key_listings l where l.school_id = s.school_id and l.student_id = s.id
            and (l.until_date is null or l.until_date > $1::date))
          and not exists (select from flow_cases c where c.school_id = s.school_id and c.student_id = s.id
            and c.flow = 'key-listing' and c.state = 'declined' and c.opened_at >= $2::date)`,
        values: [today, `${schoolYearOf(today)}-09-01`],
      }

const readRows = (
  db: Db,
  range: { readonly lo: string; readonly hi: string },
  rules: readonly number[],
  kind: Kind,
  page: number,
  today: PlainDate,
): Promise<Row[]> => {
  const { text, values } = undecided(kind, today)
  const n = values.length
  return db.rows<Row>({
    text: `with proposed as (
        select distinct on (c.school_id, c.student_id) c.school_id, c.student_id, c.rule, c.since
        from class_spells c
        where c.scope >= $${n + 1} and c.scope < $${n + 2} and c.rule = any($${n + 3}::int[]) and c.until is null
        order by c.school_id, c.student_id, c.rule),
      waiting as (
        select s.*, p.rule, p.since, count(*) over ()::int as total
        from proposed p join students s on s.school_id = p.school_id and s.id = p.student_id
        where s.status = 1 and ${text}
        order by s.scope, s.name_order, s.id limit ${pageSize} offset $${n + 4})
      select s.total, s.school_id as "schoolId", s.id as "studentId", s.name, k.name as "className", o.name as "schoolName",
        o.path as "schoolPath", s.rule, r.label as "ruleLabel", s.since,
        jsonb_build_object('stage', s.stage, 'grade', s.grade, 'sex', s.sex, 'birth_date', s.birth_date,
          'entered_on', s.entered_on, 'urban', o.urban) as roster,
        ${visibleFacts} as facts
      from waiting s join units k on k.id = s.class_id join units o on o.id = s.school_id
        join policy_rules r on r.number = s.rule
      order by s.scope, s.name_order, s.id`,
    values: [...values, range.lo, range.hi, rules, (page - 1) * pageSize],
  })
}

const suggested = (registry: Registry, row: Row, today: PlainDate): number | null => {
  const inForce = registry.inForce(row.schoolPath, today)
  const rule = inForce.classByNumber(row.rule)
  if (rule?.suggests?.fact !== 'hardship_level') return null
  const value = suggestionFor(rule, { facts: row.facts, roster: row.roster }, today, classLookup(inForce.rules))
  return typeof value === 'number' ? value : null
}

const asksReason = (registry: Registry, schoolPath: string, kind: Kind, today: PlainDate): boolean => {
  const { rules } = registry.inForce(schoolPath, today)
  return kind === 'recognition'
    ? isReasonAsked(recognitionFlow, 'recognise', findFlowRule(rules, 'trusted-list'))
    : isReasonAsked(keyListingFlow, 'confirm', findFlowRule(rules, 'key-listing'))
}

/**
 * Students the rules propose and nobody has decided on, fifty a page, with the level the rule suggests on what the
 * reader may see. [C2 C6 N1] Refuses `people.not-permitted`, `platform.not-found`.
 */
export const listCandidates = (
  services: Services,
  registry: Registry,
  actor: Actor,
  { kind, unit, page }: QueryOf<typeof declared>,
): Promise<Answer> =>
  services.door.asActor(actor, async (db, me) => {
    const today = services.today()
    const place = await db.first<{ path: string }>(sql`select path from units where id = ${unit}`)
    if (!place) throw notFound()
    const refusal = whyNotPermitted('recognition.list-candidates', me.posts, place.path)
    if (refusal) throw refusal
    const rules = proposingRules(registry, place.path, kind, today)
    const rows = await readRows(db, rangeOf(place.path), rules, kind, page, today)
    return {
      total: rows[0]?.total ?? 0,
      candidates: rows.map((row) => ({
        schoolId: row.schoolId,
        studentId: row.studentId,
        name: row.name,
        className: row.className,
        schoolName: row.schoolName,
        rule: row.rule,
        ruleLabel: row.ruleLabel,
        suggestedLevel: suggested(registry, row, today),
        reasonAsked: asksReason(registry, row.schoolPath, kind, today),
        since: row.since,
      })),
    }
  })

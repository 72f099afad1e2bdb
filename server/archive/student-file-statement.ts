import type { AnswerOf } from '#contract/platform'
import {
  facts as dictionary,
  type FactId,
  type getStudent,
  type SecrecyDomain,
  secrecyDomains,
} from '#contract/students'
import { nearestHolders, pathsUpTo } from '#server/duties'
import { type Actor, reachOf, type Statement } from '#server/platform'
import { type ToldFact, toldBy, type WholeList, type WideRow } from './sources-of-facts.ts'

const domains = Object.keys(secrecyDomains) as SecrecyDomain[]
const factsByDomain = Map.groupBy(Object.keys(dictionary) as FactId[], (id) => dictionary[id].domain)
const factsOf = (domain: SecrecyDomain): readonly FactId[] => factsByDomain.get(domain) ?? []

/** What the statement calls the column of a fact. */
export const factColumn = (fact: FactId): string => `fact_${fact}`

const factColumns = (domain: SecrecyDomain): string =>
  [
    ...factsOf(domain).map((id) => `f_${domain}.${id} as ${factColumn(id)}`),
    `f_${domain}.told_by as told_${domain}`,
  ].join(', ')

const factJoin = (domain: SecrecyDomain): string =>
  `left join facts_${domain} f_${domain} on f_${domain}.school_id = s.school_id and f_${domain}.student_id = s.id`

// Columns, where one row has them: as JSON the server looks up the type of every name and value. A domain out of reach has no
// row and so nothing in its columns. Each table more costs the statement as much as a row found.
const textFor = (
  open: readonly SecrecyDomain[],
): string => `select s.scope, o.path as school_path, s.school_id as "schoolId", s.id,
    s.name, s.number, s.sex, s.grade, s.class_id as "classId", k.name as "className", o.name as "schoolName",
    (select max(v.act_date) from record_subjects v
      where v.school_id = s.school_id and v.student_id = s.id and v.kind = 1 and v.current) as "lastVisit",
    s.birth_date as "birthDate", s.stage, s.status, s.entered_on as "enteredOn", s.home_town as "homeTown",
    coalesce(kept.identity_cipher is not null, false) as "hasIdentity",
    ${open.map((domain) => `${factColumns(domain)},\n    `).join('')}${toldBy(open)} as told,
    (select json_agg(json_build_object('fact', h.fact, 'label', fs.label, 'asOf', h.as_of))
      from (select distinct on (fact) fact, source_id, as_of from facts
        where school_id = s.school_id and student_id = s.id and superseded_at is null order by fact, as_of desc) h
      left join fact_sources fs on fs.id = h.source_id) as sources,
    (select json_agg(json_build_object('facts', fs.facts, 'label', fs.label, 'asOf', fs.as_of) order by fs.as_of)
      from fact_sources fs where fs.population in ('all-residents', 'enrolled') and fs.replaces
        and fs.unit_path = any(up.paths) and length(fs.unit_path) <= length(o.path)) as lists,
    (select json_agg(json_build_object('rule', c.rule, 'key', r.key, 'label', r.label, 'since', c.since, 'proposes', r.proposes) order by r.proposes, c.rule)
      from class_spells c join policy_rules r on r.number = c.rule
      where c.school_id = s.school_id and c.student_id = s.id and c.until is null) as classes,
    (select json_agg(json_build_array(p.rule, p.period, p.done, p.met))
      from duty_progress p where p.school_id = s.school_id and p.student_id = s.id) as progress,
    (select json_agg(json_build_object('pairingId', m.id, 'personId', m.mentor_id, 'name', m.mentor_name, 'fromDate', m.from_date) order by m.from_date)
      from pairings m where m.school_id = s.school_id and m.student_id = s.id and (m.until_date is null or m.until_date > $3::date)) as mentors,
    exists (select from event_duties d where d.school_id = s.school_id and d.student_id = s.id) as has_events,
    ${nearestHolders('up.paths', '$3::date')} as holders,
    (select json_agg(json_build_object('id', t.id, 'name', t.name, 'relation', t.relation, 'isGuardian', t.is_guardian,
        'isCaretaker', t.is_caretaker, 'custody', t.custody, 'contactLimit', t.contact_limit, 'hasPhone', t.phone_cipher is not null) order by t.is_guardian desc, t.id)
      from student_contacts t where t.school_id = s.school_id and t.student_id = s.id and (t.until_date is null or t.until_date > $3::date)) as contacts,
    kept.household_id is not null as has_household, kept.town, kept.head_name as "headName",
    case when kept.household_id is not null then
      (select json_agg(json_build_object('schoolId', b.school_id, 'studentId', b.id, 'name', b.name, 'className', bk.name))
        from student_particulars bh join students b on b.school_id = bh.school_id and b.id = bh.student_id join units bk on bk.id = b.class_id
        where bh.household_id = kept.household_id and b.id <> s.id and b.status = 1) end as siblings,
    (select json_build_object('level', g.level, 'basis', g.basis, 'fromDate', g.from_date, 'untilDate', g.until_date, 'decidedByName', g.decided_by_name)
      from recognitions g where g.school_id = s.school_id and g.student_id = s.id and g.ended_on is null and g.until_date >= $3::date
      order by g.from_date desc limit 1) as recognition
  from students s join units k on k.id = s.class_id join units o on o.id = s.school_id
    cross join lateral (select ${pathsUpTo('s.scope')} as paths offset 0) up
    left join student_particulars kept on kept.school_id = s.school_id and kept.student_id = s.id
    ${open.map(factJoin).join('\n    ')}
  where s.school_id = $1 and s.id = $2`

type StudentColumns = Omit<AnswerOf<typeof getStudent>['student'], 'level' | 'classes'>

export interface FileRow extends StudentColumns {
  readonly scope: string
  readonly school_path: string
  readonly told: Readonly<Record<string, { readonly label: string; readonly asOf: string }>> | null
  readonly sources: ToldFact[] | null
  readonly lists: WholeList[] | null
  readonly classes: { rule: number; key: string; label: string; since: string; proposes: boolean }[] | null
  readonly progress: [rule: number, period: string, done: number, met: boolean][] | null
  readonly mentors: { personId: string; name: string; fromDate: string }[] | null
  readonly has_events: boolean
  readonly holders: Record<string, string> | null
  readonly contacts: object[] | null
  readonly has_household: boolean
  readonly town: string | null
  readonly headName: string | null
  readonly siblings: object[] | null
  readonly recognition: ({ level: 1 | 21 | 22 } & Record<string, unknown>) | null
  /** `fact_<id>` and `told_<domain>` of the domains that were asked for. */
  readonly [column: `fact_${string}` | `told_${string}`]: unknown
}

/** The rows of the domains as they stood, each with the list that told it first. */
export const wideRowsOf = (row: FileRow): readonly (WideRow | null)[] =>
  domains.map((domain) => {
    const told = row[`told_${domain}`]
    if (told === undefined) return null
    return {
      row: Object.fromEntries(factsOf(domain).map((id) => [id, row[`fact_${id}`]])),
      told: (typeof told === 'string' ? row.told?.[told] : undefined) ?? null,
    }
  })

/** One entry of the timeline. */
export interface TimelineRow {
  readonly id: string
  readonly kind: number
  readonly act_date: string
  /** As the server writes an instant in the time zone of the session. */
  readonly recorded_at: string
  readonly author_name: string
  readonly mode: number | null
  readonly coded: Record<string, unknown>
  readonly reviewed: boolean
  readonly superseded: boolean
  readonly attachments: number
  readonly subjects: number
}

// Rows, not JSON made in the database: that cost more than finding them.
const timelineText = `select r.id, r.kind, r.act_date, r.recorded_at, r.author_name, r.mode, r.coded,
    r.reviewed_at is not null as reviewed, r.superseded_by is not null or r.withdrawn_at is not null as superseded,
    (select count(*)::int from attachments a where a.school_id = r.school_id and a.record_id = r.id and a.purged_at is null) as attachments,
    case when r.student_id is null then (select count(*)::int from record_subjects n where n.school_id = r.school_id and n.record_id = r.id) else 1 end as subjects
  from record_subjects v join records r on r.school_id = v.school_id and r.id = v.record_id
  where v.school_id = $1 and v.student_id = $2 and r.purged_at is null
  order by v.act_date desc, r.recorded_at desc limit 20`

const texts = new Map<string, string>()

// Domains in which the reader sees nobody anywhere are not asked for: each costs as much as finding the student.
const openTo = (actor: Actor): readonly SecrecyDomain[] => {
  const { ranges, classKinds, listKinds } = reachOf(actor)
  const codes = new Set([...ranges.flatMap(({ kinds }) => kinds), ...classKinds, ...listKinds])
  return domains.filter((domain) => codes.has(secrecyDomains[domain].code))
}

/**
 * Everything a file page shows, in two statements of one message: the file, and the twenty newest of its timeline. Only rows
 * the reader may see are in it. Which rows those are is decided by their policies alone; what is left out here is only what
 * no policy could show this reader.
 */
export const studentFileStatements = (
  actor: Actor,
  schoolId: string,
  studentId: string,
  today: string,
): readonly [file: Statement, timeline: Statement] => {
  const open = openTo(actor)
  const key = open.join(' ')
  const text = texts.get(key) ?? textFor(open)
  texts.set(key, text)
  return [
    { text, values: [schoolId, studentId, today], plannedOnce: true },
    { text: timelineText, values: [schoolId, studentId] },
  ]
}

export const readableDomains = domains

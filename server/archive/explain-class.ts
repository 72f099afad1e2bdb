import { type AnswerOf, notFound, type ParamsOf } from '#contract/platform'
import {
  classLookup,
  evaluate,
  explain,
  type FactRef,
  type Subject,
  sayCite,
  type Answer as Verdict,
} from '#contract/policies'
import { type explainClass, type SecrecyDomain, secrecyDomains } from '#contract/students'
import { type Actor, type Db, domainsOver, raw, type Services, sql } from '#server/platform'
import type { Registry } from '#server/policies'
import { sourceFinder, type ToldFact, toldFacts, type WholeList, type WideRow, wideRow } from './sources-of-facts.ts'

type Params = ParamsOf<typeof explainClass>
type Answer = AnswerOf<typeof explainClass>

interface JudgedRow {
  readonly roster: Subject['roster']
  readonly facts: readonly (WideRow | null)[]
  readonly acts: { kind: number; on: string }[]
  readonly sources: ToldFact[]
  readonly lists: WholeList[]
}

const domains = Object.keys(secrecyDomains) as SecrecyDomain[]
// Row by row as JSON text: putting them together as one object in the database cost more than finding them.
const wideRows = domains.map((domain) => wideRow(domain)).join(', ')

// The whole child as the classifier reads it; what of it is shown is cut to the reader's domains afterwards.
const readJudged = (db: Db, { schoolId, studentId }: Params): Promise<JudgedRow | undefined> =>
  db.first<JudgedRow>(sql`select json_build_object('stage', s.stage, 'grade', s.grade, 'sex', s.sex, 'birth_date', s.birth_date,
      'entered_on', s.entered_on, 'urban', o.urban) as roster, json_build_array(${raw(wideRows)}) as facts,
    coalesce((select json_agg(json_build_object('kind', v.kind, 'on', v.act_date)) from record_subjects v
      where v.school_id = s.school_id and v.student_id = s.id and v.current), '[]') as acts,
    coalesce((select json_agg(json_build_object('fact', h.fact, 'label', fs.label, 'asOf', h.as_of))
      from (select distinct on (fact) fact, source_id, as_of from facts
        where school_id = s.school_id and student_id = s.id and superseded_at is null order by fact, as_of desc) h
      left join fact_sources fs on fs.id = h.source_id), '[]') as sources,
    coalesce((select json_agg(json_build_object('facts', fs.facts, 'label', fs.label, 'asOf', fs.as_of) order by fs.as_of)
      from fact_sources fs where fs.population in ('all-residents', 'enrolled') and fs.replaces
        and starts_with(o.path, fs.unit_path)), '[]') as lists
    from students s join units o on o.id = s.school_id where s.school_id = ${schoolId} and s.id = ${studentId}`)

const hyphened = (answer: Verdict): 'met' | 'not-met' | 'unknown' => (answer === 'not met' ? 'not-met' : answer)

/**
 * Why a student is in a class, is not, or is unknown: each condition with value, source and date. Refuses a class whose
 * secrecy the reader does not see over this student exactly like a student who does not exist. [T1 C8]
 */
export const explainMembership = async (
  services: Services,
  registry: Registry,
  actor: Actor,
  params: Params,
): Promise<Answer> => {
  const [seen] = await services.door.readAsActor<{ scope: string; path: string }>(
    actor,
    sql`select s.scope, o.path from students s join units o on o.id = s.school_id where s.school_id = ${params.schoolId} and s.id = ${params.studentId}`,
  )
  if (!seen) throw notFound()
  const on = services.today()
  const inForce = registry.inForce(seen.path, on)
  const rule = inForce.classByNumber(params.rule)
  const visible = domainsOver(actor, seen.scope, params.studentId)
  if (!rule || !visible.has(secrecyDomains[rule.secrecy].code)) throw notFound()
  const child = await services.door.asJob('classifier', (db) => readJudged(db, params))
  if (!child) throw notFound()
  const labels = new Map(inForce.rules.who.map((one) => [one.ref, one.label]))
  const secrecies = new Map(inForce.rules.who.map((one) => [one.ref, one.secrecy]))
  const records = new Map(inForce.rules.records.map((one) => [one.id, one.label]))
  const subject: Subject = {
    facts: Object.assign({}, ...child.facts.map((wide) => wide?.row)) as Subject['facts'],
    roster: child.roster,
    acts: child.acts,
  }
  const classes = classLookup(inForce.rules)
  const sourceOf = sourceFinder(toldFacts(child.sources, child.facts), child.lists)
  const reasons = explain(rule.when, subject, {
    date: on,
    classes,
    sourceOf: (fact: FactRef) => sourceOf(fact),
    secrecyOf: (ref) => secrecies.get(ref) ?? 'protection',
    ofClass: (ref) => labels.get(ref) ?? ref,
    ofRecord: (id) => records.get(id) ?? id,
  })
  const lines = reasons.filter((line) => visible.has(secrecyDomains[line.domain].code))
  return {
    label: rule.label,
    cite: rule.cite.flatMap((one) => one.requirement).join(' '),
    article: sayCite(rule.cite, inForce.packs),
    standpoint: rule.standpoint === 'platform',
    answer: hyphened(evaluate(rule.when, subject, on, classes).answer),
    lines: lines.map((line) => ({
      label: line.label,
      sentence: line.sentence,
      answer: hyphened(line.answer),
      source: line.source ?? null,
      asOf: line.asOf ?? null,
    })),
  }
}

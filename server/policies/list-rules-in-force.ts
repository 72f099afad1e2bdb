import { postLabel } from '#contract/people'
import { type AnswerOf, notFound, type ParamsOf, type QueryOf } from '#contract/platform'
import { describeCondition, type listRulesInForce, type Pack, type Rule, type ruleKindIds } from '#contract/policies'
import { type Actor, type Services, sql } from '#server/platform'
import type { InForce, Registry } from './registry.ts'

type Answer = AnswerOf<typeof listRulesInForce>
type RuleView = Answer['kinds'][number]['rules'][number]

const periodWords = {
  'school-day': '每个在校日',
  week: '每周',
  month: '每月',
  term: '每学期',
  'school-year': '每学年',
  'calendar-year': '每年',
} as const

const nameOf = (rules: readonly { ref: string; label: string }[], ref: string): string =>
  rules.find((rule) => rule.ref === ref)?.label ?? ref

const oftenOf = (rule: Extract<Rule, { kind: 'duty' }>): string => {
  switch (rule.per.kind) {
    case 'every':
      return periodWords[rule.per.period]
    case 'standing':
      return '始终'
    case 'once':
      return `${rule.per.by}前`
    case 'after':
      return rule.per.hours ? `事发后${rule.per.hours}小时内` : `事发后${rule.per.workingDays}个工作日内`
  }
}

const doesOf = (rule: Extract<Rule, { kind: 'duty' }>, { rules }: InForce): string => {
  switch (rule.does.kind) {
    case 'record': {
      const { record } = rule.does
      return `${rules.records.find((kind) => kind.id === record)?.label ?? record}至少${rule.atLeast}次`
    }
    case 'appointment':
      return `配有${postLabel(rule.does.post)}`
    case 'archive':
      return '档案各部分齐全(或已核实为无)'
  }
}

const sentenceOf = (rule: Rule, inForce: InForce): string => {
  const { rules } = inForce
  switch (rule.kind) {
    case 'who':
      return `${rule.proposes ? '由规则提出、由人确认:' : ''}${describeCondition(rule.when, {
        ofClass: (ref) => nameOf(rules.who, ref),
        ofRecord: (id) => rules.records.find((kind) => kind.id === id)?.label ?? id,
      })}`
    case 'duty':
      return `对${nameOf(rules.who, rule.for)},${oftenOf(rule)}${doesOf(rule, inForce)},由${postLabel(rule.by)}负责${
        rule.fallback.length > 0 ? `;空缺时依次由${rule.fallback.map(postLabel).join('、')}负责` : ''
      }。`
    case 'record':
      return `记录${rule.fields.map((field) => field.label).join('、')};${rule.needsReview ? '需审核' : '不需审核'}。`
    case 'count': {
      const base = rule.denominator.kind === 'class' ? nameOf(rules.who, rule.denominator.class) : '应建单位'
      const done =
        rule.numerator.kind === 'duties'
          ? rule.numerator.duties.map((ref) => nameOf(rules.duties, ref)).join('、')
          : '中心有场地、负责人和成员'
      return `以${base}为分母,完成“${done}”的为分子。`
    }
    case 'flow':
      return rule.steps
        .filter((step) => step.on)
        .map((step) => `${step.label}(${step.by.map(postLabel).join('或')})`)
        .join(' → ')
    case 'guard':
      return rule.label
  }
}

const viewOf = (rule: Rule, inForce: InForce): RuleView => ({
  ref: rule.ref,
  label: rule.label,
  sentence: sentenceOf(rule, inForce),
  cites: rule.cite.map((cite) => ({
    document:
      inForce.packs.flatMap((pack) => pack.documents).find((one) => one.id === cite.document)?.title ?? cite.document,
    at: cite.at,
    quote: cite.quote ?? null,
    requirement: [...cite.requirement],
  })),
  standpoint: rule.standpoint === 'platform',
  issuer: rule.issuer,
  issuerName: inForce.packs.find((pack) => pack.issuer === rule.issuer)?.name ?? rule.issuer,
  from: rule.from ?? null,
  until: rule.until ?? null,
  replaces: rule.replaces
    ? nameOf(
        inForce.packs.flatMap((pack) => pack.rules),
        rule.replaces,
      )
    : null,
})

const kindsOf = (inForce: InForce): Answer['kinds'] => {
  const { who, duties, records, flows, counts, guards } = inForce.rules
  const byKind: Record<(typeof ruleKindIds)[number], readonly Rule[]> = {
    who,
    duty: duties,
    record: records,
    flow: flows,
    count: counts,
    guard: guards,
  }
  return (Object.keys(byKind) as (keyof typeof byKind)[]).map((kind) => ({
    kind,
    rules: byKind[kind].map((rule) => viewOf(rule, inForce)),
  }))
}

const packsOf = (
  inForce: InForce,
  adopted: readonly { issuer: string; from: string; unitId: string; unitName: string }[],
  unitId: string,
): Answer['packs'] =>
  inForce.packs.map((pack: Pack) => {
    // A pack that came in as the parent of an adopted one stands under the unit that adopted its child.
    const by =
      adopted.find((one) => one.issuer === pack.issuer) ??
      adopted.find((one) => inForce.packs.some((child) => child.issuer === one.issuer))
    return {
      issuer: pack.issuer,
      name: pack.name,
      version: pack.version,
      adoptedBy: { id: by?.unitId ?? unitId, name: by?.unitName ?? '' },
      from: by?.from ?? '',
      inherited: by?.unitId !== unitId,
      documents: pack.documents.map((one) => ({
        id: one.id,
        title: one.title,
        number: one.number ?? null,
        issued: one.issued ?? null,
      })),
    }
  })

/** The rules in force at a unit on a day, in plain words with their articles, and where they are inherited from. */
export const readRulesInForce = async (
  services: Services,
  registry: Registry,
  actor: Actor,
  params: ParamsOf<typeof listRulesInForce>,
  query: QueryOf<typeof listRulesInForce>,
): Promise<Answer> => {
  const on = query.on ?? services.today()
  const rows = await services.door.readAsActor<{ id: string; name: string; path: string; wanted: boolean }>(
    actor,
    sql`select a.id, a.name, a.path, a.id = u.id as wanted from units u join units a on starts_with(u.path, a.path) where u.id = ${params.unitId}`,
  )
  const unit = rows.find((row) => row.wanted)
  if (!unit) throw notFound()
  const inForce = registry.inForce(unit.path, on)
  const adopted = registry.adoptionsAt(unit.path, on).map((one) => {
    const by = rows.find((row) => row.path === one.unitPath)
    return { issuer: one.issuer, from: one.from, unitId: by?.id ?? '', unitName: by?.name ?? '' }
  })
  return {
    unit: { id: unit.id, name: unit.name },
    on,
    packs: packsOf(inForce, adopted, unit.id),
    kinds: kindsOf(inForce),
  }
}

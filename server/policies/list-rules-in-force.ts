import { type AnswerOf, notFound, type ParamsOf, type QueryOf } from '#contract/platform'
import { type listRulesInForce, type Pack, type Rule, type ruleKindIds, sayRule } from '#contract/policies'
import { type Actor, type Services, sql } from '#server/platform'
import type { InForce, Registry } from './registry.ts'

type Answer = AnswerOf<typeof listRulesInForce>
type RuleView = Answer['kinds'][number]['rules'][number]

const nameOf = (rules: readonly { ref: string; label: string }[], ref: string): string =>
  rules.find((rule) => rule.ref === ref)?.label ?? ref

const viewOf = (rule: Rule, inForce: InForce): RuleView => ({
  ref: rule.ref,
  label: rule.label,
  sentence: sayRule(rule, inForce.rules),
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
      adopted.findLast((one) => one.issuer === pack.issuer) ??
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

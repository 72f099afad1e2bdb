import type { AnswerOf } from '#contract/platform'
import type { listClassRules } from '#contract/students'
import { type Actor, reachOf, type Services, sql } from '#server/platform'

/** Numbers of the classes in force at a unit. Packs are read above this capability, so the reader is handed in. */
export type ClassesAt = (unitPath: string) => readonly number[]

interface RuleRow {
  readonly rule: number
  readonly label: string
  readonly secrecy: number
  readonly proposes: boolean
}

/**
 * Classes this person may meet: in force at a place within reach and in a domain open there. Whoever has nobody within
 * reach is told of no class, whatever the post could see. [C24]
 */
export const readClassRules = async (
  services: Services,
  classesAt: ClassesAt,
  actor: Actor,
): Promise<AnswerOf<typeof listClassRules>> => {
  const { places } = reachOf(actor)
  if (places.length === 0) return { rules: [] }
  const adoptedBelow = await services.door.readAsActor<{ place: number; path: string }>(
    actor,
    sql`select distinct p.place::int as place, a.unit_path as path
      from unnest(${places.map(({ path }) => path)}::text[]) with ordinality as p (path, place)
        join pack_adoptions a on starts_with(a.unit_path, p.path) where a.withdrawn_at is null`,
  )
  const allowed = new Map<number, Set<number>>()
  places.forEach(({ path, kinds }, index) => {
    const below = adoptedBelow.filter(({ place }) => place === index + 1).map((one) => one.path)
    for (const rule of [path, ...below].flatMap(classesAt))
      allowed.set(rule, new Set([...(allowed.get(rule) ?? []), ...kinds]))
  })
  const rules = await services.door.readAsActor<RuleRow>(
    actor,
    sql`select r.number as rule, r.label, r.secrecy, r.proposes from policy_rules r
      where r.kind = 'class' and r.number = any(${[...allowed.keys()]}::int[]) order by r.proposes, r.number`,
  )
  return { rules: rules.filter(({ rule, secrecy }) => allowed.get(rule)?.has(secrecy)) }
}

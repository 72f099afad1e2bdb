import { whyNotPermitted } from '#contract/people'
import type { AnswerOf, ParamsOf } from '#contract/platform'
import type { listAdoptions as declared } from '#contract/policies'
import { type Actor, type Services, sql } from '#server/platform'
import { findUnit } from './find-unit.ts'
import type { Registry } from './registry.ts'

type Answer = AnswerOf<typeof declared>
type Line = Answer['adoptions'][number]

interface Row extends Omit<Line, 'state' | 'adopted' | 'withdrawn' | 'ended' | 'name'> {
  readonly path: string
  readonly adoptedBy: string | null
  readonly adoptedAt: string
  readonly withdrawnBy: string | null
  readonly withdrawnAt: string | null
  readonly endedBy: string | null
  readonly endedAt: string | null
}

// Who decided a policy is an act of office, not a secret; names of officers far away may lie outside a person's sight.
const act = (name: string | null, at: string | null) => (at === null ? null : { name: name ?? '上级单位', at })

const stateOf = (row: Row, registry: Registry, today: string): Line['state'] => {
  if (row.withdrawnAt !== null) return 'withdrawn'
  if (row.from > today) return 'coming'
  if (row.until !== null && row.until <= today) return 'ended'
  const here = registry
    .adoptionsAt(row.path, today)
    .find((one) => one.unitPath === row.path && one.issuer === row.issuer)
  return here?.version === row.version && here.from === row.from ? 'in-force' : 'replaced'
}

const lineOf = (row: Row, registry: Registry, today: string): Line => ({
  id: row.id,
  unitId: row.unitId,
  unitName: row.unitName,
  issuer: row.issuer,
  name: registry.known().find(row.issuer, row.version)?.name ?? row.issuer,
  version: row.version,
  from: row.from,
  until: row.until,
  state: stateOf(row, registry, today),
  adopted: act(row.adoptedBy, row.adoptedAt),
  withdrawn: act(row.withdrawnBy, row.withdrawnAt),
  ended: act(row.endedBy, row.endedAt),
})

const stamp = (column: string) => `to_char(${column}, 'YYYY-MM-DD HH24:MI')`

const statement = (unitId: string) => ({
  text: `select a.id, a.unit_id as "unitId", o.name as "unitName", a.unit_path as path, a.issuer, a.version,
      a.from_date as "from", a.until_date as until,
      p1.name as "adoptedBy", ${stamp('a.recorded_at')} as "adoptedAt", p2.name as "withdrawnBy", ${stamp('a.withdrawn_at')} as "withdrawnAt",
      p3.name as "endedBy", ${stamp('a.ended_at')} as "endedAt"
    from units u join pack_adoptions a on starts_with(u.path, a.unit_path) join units o on o.id = a.unit_id
      left join people p1 on p1.id = a.adopted_by left join people p2 on p2.id = a.withdrawn_by left join people p3 on p3.id = a.ended_by
    where u.id = $1 order by a.from_date desc, a.recorded_at desc limit 200`,
  values: [unitId],
})

const versionsOf = async (
  services: Services,
  registry: Registry,
  actor: Actor,
  unitId: string,
): Promise<Answer['versions']> => {
  const { all } = registry.known()
  const ids = all.flatMap(({ unitId: by }) => by ?? [])
  const units = await services.door.readAsActor<{ id: string; name: string }>(
    actor,
    sql`select id, name from units where id = any(${ids}::uuid[])`,
  )
  return all.map(({ pack, unitId: by, recordedAt }) => ({
    issuer: pack.issuer,
    name: pack.name,
    version: pack.version,
    extends: pack.extends ?? null,
    rules: pack.rules.length,
    recordedAt,
    handedInBy: by === null ? null : (units.find(({ id }) => id === by)?.name ?? ''),
    editable: by === unitId,
  }))
}

/** Who adopted, withdrew and ended what at a unit and above it, and the versions that could be adopted. */
export const readAdoptionsOf = async (
  services: Services,
  registry: Registry,
  actor: Actor,
  { unitId }: ParamsOf<typeof declared>,
): Promise<Answer> => {
  const unit = await findUnit(services, actor, unitId)
  const [rows, versions] = await Promise.all([
    services.door.readAsActor<Row>(actor, statement(unitId)),
    versionsOf(services, registry, actor, unitId),
  ])
  const today = services.today()
  return {
    unit: { id: unit.id, name: unit.name },
    mayAdopt: whyNotPermitted('policies.adopt-pack', actor.posts, unit.path) === undefined,
    today,
    adoptions: rows.map((row) => lineOf(row, registry, today)),
    versions,
  }
}

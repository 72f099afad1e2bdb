import { pathsAbove } from '#contract/organisations'
import { type listAudit as declared, whyNotPermittedAnywhere } from '#contract/people'
import type { AnswerOf, QueryOf } from '#contract/platform'
import { type Actor, audit, type Db, type Services, sql } from '#server/platform'

const pageSize = 50

interface EntryRow {
  readonly id: string
  readonly at: string
  readonly actor_id: string | null
  readonly action: string
  readonly outcome: string
  readonly scope: string
  readonly sealed: boolean
}

/** Entries about a unit that is gone tell the nearest unit above it that still stands under its path. */
const unitNamesOf = async (db: Db, scopes: readonly string[]): Promise<(scope: string) => string | null> => {
  const nearest = (scope: string) => [scope, ...pathsAbove(scope).reverse()]
  const rows = await db.rows<{ path: string; name: string }>(
    sql`select path, name from units where path = any(${[...new Set(scopes.flatMap(nearest))]}::text[])`,
  )
  const names = new Map(rows.map(({ path, name }) => [path, name]))
  return (scope) =>
    nearest(scope)
      .map((path) => names.get(path))
      .find((name) => name !== undefined) ?? null
}

/**
 * The audit log of the units an auditor answers for, newest first, fifty a page. Reading it is itself on file. [C13]
 * Refuses `people.not-permitted`.
 */
export const listAudit = (
  services: Services,
  actor: Actor,
  { page, outcome }: QueryOf<typeof declared>,
): Promise<AnswerOf<typeof declared>> =>
  services.door.asActor(actor, async (db, me) => {
    const refusal = whyNotPermittedAnywhere('people.list-audit', me.posts)
    if (refusal) throw refusal
    const { audit_lo: lo = '', audit_hi: hi = '' } = me.settings
    const rows = await db.rows<EntryRow>(sql`
      select id, at, actor_id, action, outcome, scope, sealed_in is not null as sealed
      from audit_entries where scope >= ${lo} and scope < ${hi}
        and (${outcome ?? null}::audit_outcome is null or outcome = ${outcome ?? null}::audit_outcome)
      order by id desc limit ${pageSize + 1} offset ${(page - 1) * pageSize}`)
    await audit(db, { actorId: me.personId, action: 'people.list-audit', outcome: 'read', scope: lo, detail: { page } })
    const shown = rows.slice(0, pageSize)
    const actors = await db.rows<{ id: string; name: string }>(
      sql`select id, name from people where id = any(${[...new Set(shown.map((row) => row.actor_id))]}::uuid[])`,
    )
    const names = new Map(actors.map(({ id, name }) => [id, name]))
    const unitName = await unitNamesOf(
      db,
      shown.map(({ scope }) => scope),
    )
    return {
      entries: shown.map((row) => ({
        id: row.id,
        at: row.at,
        actorName: (row.actor_id && names.get(row.actor_id)) ?? null,
        action: row.action,
        outcome: row.outcome,
        unitName: unitName(row.scope),
        sealed: row.sealed,
      })),
      more: rows.length > pageSize,
    }
  })

import { type FactId, type FactType, facts, type SecrecyDomain, secrecyDomains } from '#contract/students'
import { type Db, raw, sql } from '#server/platform'
import { beginHistory } from '#server/students'

const sqlTypes: Readonly<Record<FactType, string>> = {
  'yes-no': 'boolean',
  code: 'smallint',
  integer: 'integer',
  money: 'bigint',
  date: 'date',
}

const domainOf = (fact: FactId): SecrecyDomain => facts[fact].domain

const byDomain = (ids: readonly FactId[]): Map<SecrecyDomain, FactId[]> => {
  const groups = new Map<SecrecyDomain, FactId[]>()
  for (const id of ids) groups.set(domainOf(id), [...(groups.get(domainOf(id)) ?? []), id])
  return groups
}

// What the list does not mention stays; a null it does mention becomes unknown. Rows that would not change are not written.
const writeWide = (db: Db, domain: SecrecyDomain, ids: readonly FactId[]): Promise<number> => {
  const table = `facts_${domain}`
  const given = (id: FactId) => `(x.facts ->> '${id}')::${sqlTypes[facts[id].type]}`
  const kept = ids.map((id) => `${id} = case when x.facts ? '${id}' then ${given(id)} else w.${id} end`)
  const differs = ids.map((id) => `(x.facts ? '${id}' and w.${id} is distinct from ${given(id)})`)
  const mentions = ids.map((id) => `x.facts ? '${id}'`).join(' or ')
  return db
    .change({
      text: `update ${table} w set ${kept.join(', ')} from said x
        where w.school_id = x.school_id and w.student_id = x.student_id and (${differs.join(' or ')})`,
    })
    .then(() =>
      db.change({
        text: `insert into ${table} (school_id, student_id, scope, ${ids.join(', ')})
          select x.school_id, x.student_id, x.scope, ${ids.map(given).join(', ')} from said x where ${mentions}
          on conflict (school_id, student_id) do nothing`,
      }),
    )
}

// False, 0 and unknown tell nothing unless they end something that was told.
const telling = `value is not null and value not in ('false', '0')`

interface Applying {
  readonly facts: readonly FactId[]
  readonly sourceId: string
  readonly asOf: string
  /** Whether an unchanged value is told again with the new source: so the reason names the newest list. */
  readonly refresh: boolean
}

const secrecyCase = (ids: readonly FactId[]): string =>
  `case fact ${ids.map((id) => `when '${id}' then ${secrecyDomains[domainOf(id)].code}`).join(' ')} end`

const keepHistory = async (db: Db, { facts: ids, sourceId, asOf, refresh }: Applying): Promise<void> => {
  const tells = telling.replaceAll('value', 'f.value')
  await db.change(
    sql`create temp table told (school_id uuid, student_id uuid, scope text, fact text, value text, before uuid) on commit drop`,
  )
  await db.change({
    text: `insert into told select x.school_id, x.student_id, x.scope, f.key, f.value, c.id
      from said x cross join lateral jsonb_each_text(x.facts) f
        left join facts c on c.school_id = x.school_id and c.student_id = x.student_id and c.fact = f.key and c.superseded_at is null
      where f.key = any($1::text[]) and ((c.id is null and ${tells}) or (c.id is not null and c.value is distinct from f.value)
        or ($2::boolean and c.id is not null and ${tells} and c.source_id is distinct from $3::uuid))`,
    values: [ids, refresh, sourceId],
  })
  await db.change(sql`update facts f set superseded_at = now() from told t
    where f.school_id = t.school_id and f.student_id = t.student_id and f.id = t.before`)
  await db.change(sql`insert into facts (school_id, id, student_id, scope, fact, secrecy, value, as_of, source_id)
    select distinct on (school_id, student_id, fact) school_id, gen_random_uuid(), student_id, scope, fact, ${raw(secrecyCase(ids))}, value,
      ${asOf}::date, ${sourceId} from told`)
  await db.change(sql`drop table told`)
}

/**
 * Writes what a list says of students, as the set in `said (school_id, student_id, scope, facts)`: the wide row of each
 * secrecy domain where it differs, and the history of all that tells something. The same list again writes nothing.
 */
export const applyFacts = async (db: Db, applying: Applying): Promise<void> => {
  if (applying.facts.length === 0) return
  await db.change(sql`create index on said (school_id, student_id)`)
  await db.change(sql`analyze said`)
  for (const [domain, ids] of byDomain(applying.facts)) {
    await beginHistory(db, domain, ids, { from: 'said x', mentions: 'x.facts ? f.fact' })
    await writeWide(db, domain, ids)
  }
  await keepHistory(db, applying)
}

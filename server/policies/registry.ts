import {
  type ClassRule,
  type CoverageRule,
  chainOf,
  type DutyRule,
  type Pack,
  type RuleRef,
  type RulesInForce,
  rulesInForce,
} from '#contract/policies'
import { secrecyDomains } from '#contract/students'
import { type Db, type Door, sql } from '#server/platform'

/** Rules in force with the small numbers under which tables speak of them. */
export interface InForce {
  readonly rules: RulesInForce
  /** Same text, same rules, same day: units with equal keys are judged alike. */
  readonly key: string
  readonly packs: readonly Pack[]
  readonly classNumber: (ref: RuleRef) => number
  readonly dutyNumber: (ref: RuleRef) => number
  readonly coverageNumber: (ref: RuleRef) => number
  readonly classByNumber: (number: number) => ClassRule | undefined
  readonly dutyByNumber: (number: number) => DutyRule | undefined
  readonly coverageByNumber: (number: number) => CoverageRule | undefined
}

export interface Adoption {
  readonly unitPath: string
  readonly issuer: string
  readonly version: string
  readonly from: string
  readonly until: string | null
}

/** What is in force where. Reading it costs no statement; adoption refreshes it. */
export interface Registry {
  /** Rules at a unit on a day: what it and every unit above it adopted, each pack below the ones it extends. */
  readonly inForce: (unitPath: string, date: string) => InForce
  readonly adoptionsAt: (unitPath: string, date: string) => readonly Adoption[]
  /** Reads adoptions anew, after a pack was adopted or withdrawn. */
  readonly refresh: () => Promise<void>
  readonly packs: readonly Pack[]
}

const numberedKinds = { who: 'class', duty: 'duty', count: 'coverage' } as const
type NumberedKind = keyof typeof numberedKinds

/** Gives every rule of every pack its small number; numbers once given never change. Runs as the importer. */
export const registerRules = async (db: Db, packs: readonly Pack[]): Promise<void> => {
  for (const pack of packs) {
    await db.change(sql`insert into policy_packs (issuer, version, name, content, digest)
      values (${pack.issuer}, ${pack.version}, ${pack.name}, ${JSON.stringify(pack)}, sha256(${JSON.stringify(pack)}::text::bytea))
      on conflict (issuer, version) do nothing`)
  }
  const rules = packs.flatMap((pack) => pack.rules).filter((rule) => rule.kind in numberedKinds)
  const rows = rules.map((rule) => ({
    kind: numberedKinds[rule.kind as NumberedKind],
    key: rule.ref,
    label: rule.label,
    proposes: rule.kind === 'who' && rule.proposes,
    secrecy:
      rule.kind === 'who' || rule.kind === 'count' ? secrecyDomains[rule.secrecy].code : secrecyDomains.general.code,
  }))
  await db.change(sql`with asked as (
      select distinct on (kind, key) kind, key, label, secrecy, proposes
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(kind text, key text, label text, secrecy smallint, proposes boolean)
      order by kind, key, secrecy desc)
    insert into policy_rules (number, kind, key, label, secrecy, proposes)
    select (select coalesce(max(number), 0) from policy_rules) + row_number() over (order by a.kind, a.key), a.kind, a.key, a.label, a.secrecy, a.proposes
    from asked a where not exists (select from policy_rules p where p.kind = a.kind and p.key = a.key)`)
}

const numbersOf = (rows: readonly { number: number; kind: string; key: string }[]) => {
  const byKey = new Map(rows.map((row) => [`${row.kind} ${row.key}`, row.number]))
  return (kind: string, ref: string): number => {
    const number = byKey.get(`${kind} ${ref}`)
    if (number === undefined) throw new Error(`rule ${kind} ${ref} is not registered`)
    return number
  }
}

const build = (
  packs: readonly Pack[],
  date: string,
  key: string,
  number: (kind: string, ref: string) => number,
): InForce => {
  const rules = rulesInForce(packs, date)
  const find = <R extends { ref: RuleRef }>(list: readonly R[], kind: string) => {
    const byNumber = new Map(list.map((rule) => [number(kind, rule.ref), rule]))
    return (wanted: number) => byNumber.get(wanted)
  }
  return {
    rules,
    key,
    packs,
    classNumber: (ref) => number('class', ref),
    dutyNumber: (ref) => number('duty', ref),
    coverageNumber: (ref) => number('coverage', ref),
    classByNumber: find(rules.who, 'class'),
    dutyByNumber: find(rules.duties, 'duty'),
    coverageByNumber: find(rules.counts, 'coverage'),
  }
}

/** Opens the registry over the shipped packs: registers their rules, reads who adopted what. */
export const openRegistry = async (door: Door, shipped: readonly Pack[]): Promise<Registry> => {
  const number = await door.asJob('importer', async (db) => {
    await registerRules(db, shipped)
    return numbersOf(await db.rows(sql`select number, kind, key from policy_rules`))
  })
  let adoptions: readonly Adoption[] = []
  const known = new Map<string, InForce>()
  const adoptionsAt = (unitPath: string, date: string) =>
    adoptions.filter(
      (one) => unitPath.startsWith(one.unitPath) && one.from <= date && (one.until === null || date < one.until),
    )
  const refresh = async () => {
    adoptions = await door.asJob('importer', (db) =>
      db.rows<Adoption>(sql`select unit_path as "unitPath", issuer, version, from_date as "from", until_date as until
        from pack_adoptions order by length(unit_path), from_date`),
    )
    known.clear()
  }
  await refresh()
  return {
    packs: shipped,
    adoptionsAt,
    refresh,
    inForce: (unitPath, date) => {
      const chain = [...new Set(adoptionsAt(unitPath, date).flatMap((one) => chainOf(shipped, one.issuer)))]
      const key = `${date} ${chain.map((pack) => `${pack.issuer}@${pack.version}`).join(' ')}`
      const cached = known.get(key)
      if (cached) return cached
      const fresh = build(chain, date, key, number)
      if (known.size > 1_000) known.clear()
      known.set(key, fresh)
      return fresh
    },
  }
}

import type { Pack } from '#contract/policies'
import { type SecrecyCode, secrecyDomains } from '#contract/students'
import { type Db, sql } from '#server/platform'

/** Kinds of rule that tables speak of by a small number. */
const numberedKinds = { who: 'class', duty: 'duty', count: 'coverage' } as const
type NumberedKind = keyof typeof numberedKinds

export interface RuleNumber {
  readonly number: number
  readonly kind: string
  readonly key: string
  readonly secrecy: SecrecyCode
}

/** Gives every rule of these packs its small number; numbers once given never change. Runs as the importer. */
export const numberRules = async (db: Db, packs: readonly Pack[]): Promise<void> => {
  const rules = packs.flatMap((pack) => pack.rules).filter((rule) => rule.kind in numberedKinds)
  const rows = rules.map((rule) => ({
    kind: numberedKinds[rule.kind as NumberedKind],
    key: rule.ref,
    label: rule.label,
    proposes: rule.kind === 'who' && rule.proposes,
    secrecy:
      rule.kind === 'who' || rule.kind === 'count' ? secrecyDomains[rule.secrecy].code : secrecyDomains.general.code,
  }))
  // Two programs starting at once must not give the same number.
  await db.change(sql`select pg_advisory_xact_lock(hashtext('policy_rules'))`)
  await db.change(sql`with asked as (
      select distinct on (kind, key) kind, key, label, secrecy, proposes
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(kind text, key text, label text, secrecy smallint, proposes boolean)
      order by kind, key, secrecy desc)
    insert into policy_rules (number, kind, key, label, secrecy, proposes)
    select (select coalesce(max(number), 0) from policy_rules) + row_number() over (order by a.kind, a.key), a.kind, a.key, a.label, a.secrecy, a.proposes
    from asked a where not exists (select from policy_rules p where p.kind = a.kind and p.key = a.key)`)
}

/** All numbers given so far. */
export const readRuleNumbers = (db: Db): Promise<RuleNumber[]> =>
  db.rows<RuleNumber>(sql`select number, kind, key, secrecy from policy_rules`)

import { compareVersionNumbers, compareVersions, type Pack } from '#contract/policies'
import { type Db, sql } from '#server/platform'

/** One version of a pack on file: shipped with the program or handed in by an office. */
export interface KnownPack {
  readonly pack: Pack
  /** The office that handed it in; null for a shipped one. */
  readonly unitId: string | null
  readonly recordedAt: string
}

/** All versions on file, found by issuer. */
export interface KnownPacks {
  readonly all: readonly KnownPack[]
  /** Oldest first. */
  readonly versionsOf: (issuer: string) => readonly KnownPack[]
  readonly find: (issuer: string, version: string) => Pack | undefined
}

const orderPacks = (rows: readonly KnownPack[]): KnownPacks => {
  const byIssuer = Map.groupBy(
    rows.toSorted((a, b) => compareVersionNumbers(a.pack.version, b.pack.version)),
    ({ pack }) => pack.issuer,
  )
  const versionsOf = (issuer: string) => byIssuer.get(issuer) ?? []
  return {
    all: rows,
    versionsOf,
    find: (issuer, version) => versionsOf(issuer).find(({ pack }) => pack.version === version)?.pack,
  }
}

// A version filed before kinds of record said whether the family may know of them: it may not.
const completed = (pack: Pack): Pack => ({
  ...pack,
  rules: pack.rules.map((rule) =>
    rule.kind === 'record' ? { ...rule, openToFamily: rule.openToFamily ?? false } : rule,
  ),
})

/** Reads every version on file. */
export const readKnownPacks = async (db: Db): Promise<KnownPacks> => {
  const rows = await db.rows<{ content: Pack; unitId: string | null; recordedAt: string }>(
    sql`select content, unit_id as "unitId", to_char(recorded_at, 'YYYY-MM-DD HH24:MI') as "recordedAt"
      from policy_packs order by recorded_at, issuer, version`,
  )
  return orderPacks(rows.map(({ content, unitId, recordedAt }) => ({ pack: completed(content), unitId, recordedAt })))
}

const store = (db: Db, pack: Pack): Promise<number> =>
  db.change(sql`insert into policy_packs (issuer, version, name, content, digest)
    values (${pack.issuer}, ${pack.version}, ${pack.name}, ${JSON.stringify(pack)}, sha256(convert_to(${JSON.stringify(pack)}::text, 'UTF8')))
    on conflict (issuer, version) do update set name = excluded.name, content = excluded.content, digest = excluded.digest`)

/**
 * Puts the shipped packs on file. A version that somebody has adopted is not edited: what is on file stays in force and
 * a line says so; only a version nobody uses may be put right under its own number. Answers those lines.
 */
export const fileShippedPacks = async (db: Db, shipped: readonly Pack[]): Promise<readonly string[]> => {
  const known = await readKnownPacks(db)
  const adopted = new Set(
    (
      await db.rows<{ key: string }>(sql`select distinct issuer || '@' || version as key from pack_adoptions
        where withdrawn_at is null union select distinct unnest(parents) from pack_adoptions where withdrawn_at is null`)
    ).map(({ key }) => key),
  )
  const lines: string[] = []
  for (const pack of shipped) {
    const before = known.find(pack.issuer, pack.version)
    const differs = before === undefined || compareVersions(before, pack).length > 0
    if (!differs) continue
    const key = `${pack.issuer}@${pack.version}`
    if (before && isUsed(key, pack.issuer, adopted, known))
      lines.push(`${key} 已在执行,随程序来的改动没有采用,请提高版本号`)
    else await store(db, pack)
  }
  return lines
}

// A higher pack that nobody adopts by itself comes along with the packs below it.
const isUsed = (key: string, issuer: string, adopted: ReadonlySet<string>, known: KnownPacks): boolean =>
  adopted.has(key) ||
  known.all.some(
    ({ pack }) => pack.extends === issuer && isUsed(`${pack.issuer}@${pack.version}`, pack.issuer, adopted, known),
  )

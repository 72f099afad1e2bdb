import { createHash } from 'node:crypto'
import { type Db, raw, sql } from '#server/platform'

/** What a seal covers of an entry: every column but the number of the seal, as one line of JSON. */
const line = raw(`jsonb_build_array(e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.actor_id,
  e.action, e.outcome, e.scope, e.school_id, e.subject, e.detail)::text`)

/** Digest of the entries of one seal, in order. */
const digest = raw(`sha256(convert_to(string_agg(entry_line, E'\\n' order by at, id), 'UTF8'))`)

/** What one seal covers at most. */
export const mostEntries = 20_000
const beginning = Buffer.alloc(32)
// Any number nobody else locks: two sealers would fork the chain.
const lockNumber = 5_021_947

interface Tip {
  readonly number: number
  readonly root: Buffer
}

/** A seal's root covers its entries, their number and the root before: no seal can be changed, left out or moved. */
export const rootOf = (previous: Uint8Array, number: number, entries: number, entriesDigest: Uint8Array): Buffer =>
  createHash('sha256').update(previous).update(`${number}:${entries}:`).update(entriesDigest).digest()

/**
 * Links the audit entries not yet sealed into the hash chain, at most 20,000 at a time; answers how many. Runs as the
 * sealer every few seconds, so that signing in and importing don't wait for each other. [C13]
 */
export const sealAudit = async (db: Db): Promise<number> => {
  await db.rows(sql`select pg_advisory_xact_lock(${lockNumber})`)
  const tip = await db.first<Tip>(sql`select number, root from audit_seals order by number desc limit 1`)
  const number = (tip?.number ?? 0) + 1
  const sealed = await db.first<{ entries: number; digest: Buffer | null }>(sql`
    with batch as (
      select e.id, e.at, ${line} as entry_line from audit_entries e
      where e.sealed_in is null order by e.at, e.id limit ${mostEntries}),
    marked as (update audit_entries set sealed_in = ${number} from batch where audit_entries.id = batch.id)
    select count(*)::int as entries, ${digest} as digest from batch`)
  if (!sealed?.digest) return 0
  const previous = tip?.root ?? beginning
  await db.change(sql`insert into audit_seals (number, entries, digest, previous, root)
    values (${number}, ${sealed.entries}, ${sealed.digest}, ${previous},
      ${rootOf(previous, number, sealed.entries, sealed.digest)})`)
  return sealed.entries
}

export interface AuditVerdict {
  /** Numbers of seals whose entries were changed, added, removed or moved. */
  readonly damaged: readonly number[]
  /** Numbers of seals that don't follow from the seal before. */
  readonly broken: readonly number[]
  readonly seals: number
  readonly sealedEntries: number
  readonly unsealedEntries: number
  /** Hex of the last root: kept elsewhere, it also proves that no seal was cut off the end. */
  readonly root: string
}

interface SealRow {
  readonly number: number
  readonly entries: number
  readonly digest: Buffer
  readonly previous: Buffer
  readonly root: Buffer
  readonly found_entries: number | null
  readonly found_digest: Buffer | null
}

/** Reads the whole log again and says where it differs from what was sealed. Runs as the sealer. [C13] */
export const verifyAudit = async (db: Db): Promise<AuditVerdict> => {
  const seals = await db.rows<SealRow>(sql`
    with lines as (
      select e.id, e.at, e.sealed_in, ${line} as entry_line from audit_entries e where e.sealed_in is not null),
    found as (select sealed_in, count(*)::int as found_entries, ${digest} as found_digest from lines group by sealed_in)
    select coalesce(s.number, f.sealed_in) as number, coalesce(s.entries, 0) as entries,
      coalesce(s.digest, '') as digest, coalesce(s.previous, '') as previous, coalesce(s.root, '') as root,
      f.found_entries, f.found_digest
    from audit_seals s full join found f on f.sealed_in = s.number order by 1`)
  const unsealed = await db.first<{ count: number }>(
    sql`select count(*)::int as count from audit_entries where sealed_in is null`,
  )
  const isWhole = (seal: SealRow) =>
    seal.found_entries === seal.entries && seal.found_digest !== null && seal.digest.equals(seal.found_digest)
  const follows = (seal: SealRow, index: number) => {
    const previous = seals[index - 1]?.root ?? beginning
    const expected = rootOf(previous, index + 1, seal.entries, seal.digest)
    return seal.number === index + 1 && seal.previous.equals(previous) && seal.root.equals(expected)
  }
  return {
    damaged: seals.filter((seal) => !isWhole(seal)).map(({ number }) => number),
    broken: seals.filter((seal, index) => !follows(seal, index)).map(({ number }) => number),
    seals: seals.length,
    sealedEntries: seals.reduce((sum, { found_entries }) => sum + (found_entries ?? 0), 0),
    unsealedEntries: unsealed?.count ?? 0,
    root: (seals.at(-1)?.root ?? beginning).toString('hex'),
  }
}

import { addDays } from '#contract/platform'
import {
  type ClassRule,
  type CoverageRule,
  type DutyRule,
  type Pack,
  type RuleRef,
  type RulesInForce,
  rulesInForce,
} from '#contract/policies'
import { type Door, sql } from '#server/platform'
import { type Adoption, adoptionsOn, packsUnder, readAdoptions } from './adoptions.ts'
import { fileShippedPacks, type KnownPacks, readKnownPacks } from './known-packs.ts'
import { numberRules, type RuleNumber, readRuleNumbers } from './rule-numbers.ts'

export type { Adoption } from './adoptions.ts'

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

/** What is in force where. Asking costs no statement; adoption refreshes it. */
export interface Registry {
  /** Rules at a unit on a day: what it and every unit above it adopted, each pack below the ones it extends. */
  readonly inForce: (unitPath: string, date: string) => InForce
  /** The same, as if these adoptions stood on file too. */
  readonly inForceWith: (unitPath: string, date: string, others: readonly Adoption[]) => InForce
  readonly adoptionsAt: (unitPath: string, date: string) => readonly Adoption[]
  /** Days after the first, up to the last, on which other rules may hold at a unit than the day before; in order. */
  readonly turns: (unitPath: string, first: string, last: string) => readonly string[]
  /** Reads packs and adoptions anew, after a pack was handed in, adopted or withdrawn. */
  readonly refresh: () => Promise<void>
  /** Every version of every pack on file. */
  readonly packs: readonly Pack[]
  readonly known: () => KnownPacks
}

const numberFinder = (rows: readonly RuleNumber[]) => {
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

// Days on which rules of a pack begin, are over, or end one of a higher pack.
const turnsOf = ({ rules, endings }: Pack): readonly (string | undefined)[] => [
  ...rules.flatMap(({ from, until }) => [from, until && addDays(until, 1)]),
  ...endings.map(({ from }) => from),
]

const freshForMs = 60_000
const mostKept = 1_000
const mostAtHand = 5_000

/**
 * Opens the registry: puts the shipped packs on file, numbers their rules, reads who adopted what. A change made by
 * another program is seen within a minute. `say` hears of shipped packs that were edited under a number in use.
 */
export const openRegistry = async (
  door: Door,
  shipped: readonly Pack[],
  say: (line: string) => void = () => {},
): Promise<Registry> => {
  const lines = await door.asJob('importer', async (db) => {
    await db.change(sql`select pg_advisory_xact_lock(hashtext('policy_packs'))`)
    const told = await fileShippedPacks(db, shipped)
    await numberRules(
      db,
      (await readKnownPacks(db)).all.map(({ pack }) => pack),
    )
    return told
  })
  for (const line of lines) say(line)
  const read = () =>
    door.asJob('importer', async (db) => ({
      known: await readKnownPacks(db),
      adoptions: await readAdoptions(db),
      number: numberFinder(await readRuleNumbers(db)),
    }))
  const digestOf = (state: Awaited<ReturnType<typeof read>>): string =>
    JSON.stringify([state.adoptions, state.known.all.map(({ pack }) => [pack.issuer, pack.version])])
  let state = await read()
  let digest = digestOf(state)
  let packTurns = state.known.all.flatMap(({ pack }) => turnsOf(pack))
  let readAt = Date.now()
  const kept = new Map<string, InForce>()
  // Every request asks for its unit's rules several times: found by unit and day until anything changes.
  const atHand = new Map<string, InForce>()
  const refresh = async () => {
    readAt = Date.now()
    const fresh = await read()
    const freshDigest = digestOf(fresh)
    // What was worked out stays while nothing changed: plans and pages hold on to it.
    if (freshDigest === digest) return
    state = fresh
    digest = freshDigest
    packTurns = fresh.known.all.flatMap(({ pack }) => turnsOf(pack))
    kept.clear()
    atHand.clear()
  }
  const glance = () => {
    if (Date.now() - readAt <= freshForMs) return
    readAt = Date.now()
    refresh().catch(() => say('政策包一时读不到,先用已读到的'))
  }
  const worked = (adoptions: readonly Adoption[], date: string): InForce => {
    const packs = packsUnder(state.known, adoptions)
    const key = `${date} ${packs.map((pack) => `${pack.issuer}@${pack.version}`).join(' ')}`
    const cached = kept.get(key)
    if (cached) return cached
    const fresh = build(packs, date, key, state.number)
    if (kept.size > mostKept) {
      kept.clear()
      atHand.clear()
    }
    kept.set(key, fresh)
    return fresh
  }
  const adoptionsAt = (unitPath: string, date: string) => {
    glance()
    return adoptionsOn(state.adoptions, unitPath, date)
  }
  const inForce = (unitPath: string, date: string): InForce => {
    glance()
    const key = `${date} ${unitPath}`
    const known = atHand.get(key)
    if (known) return known
    const fresh = worked(adoptionsAt(unitPath, date), date)
    if (atHand.size > mostAtHand) atHand.clear()
    atHand.set(key, fresh)
    return fresh
  }
  return {
    get packs() {
      return state.known.all.map(({ pack }) => pack)
    },
    known: () => state.known,
    adoptionsAt,
    refresh,
    inForce,
    turns: (unitPath, first, last) => {
      const days = [
        ...state.adoptions
          .filter((one) => unitPath.startsWith(one.unitPath))
          .flatMap(({ from, until }) => [from, until]),
        ...packTurns,
      ]
      const within = days.filter((day): day is string => typeof day === 'string' && first < day && day <= last)
      return [...new Set(within)].sort()
    },
    inForceWith: (unitPath, date, others) => {
      const all = [...state.adoptions, ...others].toSorted(
        (a, b) => a.unitPath.length - b.unitPath.length || (a.from < b.from ? -1 : a.from > b.from ? 1 : 0),
      )
      return worked(adoptionsOn(all, unitPath, date), date)
    },
  }
}

import { addDays } from '#contract/platform'
import { ageOn } from '../age-on.ts'
import type { FactRef, FactValue, PlainDate } from '../condition.ts'
import { factMeaning } from '../fact-values.ts'
import type { ClassRule, RecordKindDefinition } from '../rule.ts'
import { type DraftBase, type Entry, exampleDayOf, readDraftBase, saysOnly, writeBase } from './draft-base.ts'
import {
  conditionAsWritten,
  type DraftCondition,
  labelOfFact,
  plain,
  readDraftCondition,
  shownValue,
  typedValue,
  writeCondition,
} from './draft-condition.ts'

/** A child made up for an example: facts by label, and how many days ago a record was made. Not named: nobody knows. */
export interface DraftExample {
  readonly facts: Readonly<Record<string, string>>
  readonly daysAgo: Readonly<Record<string, string>>
  /** The day it is judged on, where it is not that of the rule. */
  readonly date: string
}
export const emptyExample: DraftExample = { facts: {}, daysAgo: {}, date: '' }

/** 谁: a class of students as the form holds it. */
export interface DraftClass extends DraftBase {
  readonly secrecy: string
  readonly discloses: string
  readonly when: DraftCondition
  readonly examples: Readonly<Record<'in' | 'out' | 'unknown', readonly DraftExample[]>>
}

// An age is written as the birth date that gives it on the day the example is judged on.
const ageLabel = '年龄'
const birthWords = ['birth_date', '出生日期']
const birthOf = (age: number, day: PlainDate): PlainDate => {
  const birthday = day.slice(4) === '-02-29' ? '-02-28' : day.slice(4)
  return `${Number(day.slice(0, 4)) - age}${birthday}`
}

const writeFacts = (facts: DraftExample['facts'], day: PlainDate): Entry =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([label, value]): [string, string | number][] => {
      if (value === '') return []
      if (label !== ageLabel) return [[label, typedValue(label, value)]]
      return /^\d{1,3}$/.test(value) ? [['birth_date', birthOf(Number(value), day)]] : [[label, value]]
    }),
  )

const daysBetween = (from: PlainDate, until: PlainDate): number =>
  Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000)

const writeExample = ({ facts, daysAgo, date }: DraftExample, usual: PlainDate): Entry => {
  const day = date === '' ? usual : date
  const acts = Object.entries(daysAgo).flatMap(([record, days]) =>
    /^\d{1,5}$/.test(days) ? [{ record, on: addDays(day, -Number(days)) }] : [],
  )
  return { facts: writeFacts(facts, day), ...(date !== '' && { date }), ...(acts.length > 0 && { acts }) }
}

const readFacts = (facts: unknown, day: PlainDate): Record<string, string> =>
  Object.fromEntries(
    Object.entries((facts ?? {}) as Entry)
      .filter(([, value]) => value !== null)
      .map(([word, value]) =>
        birthWords.includes(word)
          ? [ageLabel, String(ageOn(String(value), day))]
          : [labelOfFact(word), shownValue(word, value)],
      ),
  )

const readExample = (entry: Entry, usual: PlainDate): DraftExample => {
  const day = String(entry.date ?? usual)
  const acts = (Array.isArray(entry.acts) ? entry.acts : []) as readonly { record?: unknown; on?: unknown }[]
  return {
    facts: readFacts(entry.facts, day),
    daysAgo: Object.fromEntries(acts.map(({ record, on }) => [String(record), String(daysBetween(String(on), day))])),
    date: String(entry.date ?? ''),
  }
}

/** Reads a class of a pack file into the form; undefined when it says something the form has no field for. */
export function readDraftClass(entry: Entry): DraftClass | undefined {
  const when = readDraftCondition(entry.when)
  if (!when || !saysOnly(entry, ['secrecy', 'discloses', 'when'])) return undefined
  const base = readDraftBase(entry)
  const examples = (entry.examples ?? {}) as Record<string, readonly Entry[] | undefined>
  const side = (name: string) => (examples[name] ?? []).map((one) => readExample(one, exampleDayOf(base)))
  return {
    ...base,
    secrecy: String(entry.secrecy ?? ''),
    discloses: String(entry.discloses ?? ''),
    when: 'join' in when ? when : { join: 'all', of: [when] },
    examples: { in: side('in'), out: side('out'), unknown: side('unknown') },
  }
}

/** A class as its pack file says it. */
export function writeClass(draft: DraftClass): Entry {
  const side = (name: keyof DraftClass['examples']) =>
    draft.examples[name].map((one) => writeExample(one, exampleDayOf(draft)))
  return {
    ...writeBase(draft),
    secrecy: draft.secrecy,
    ...(draft.discloses.trim() !== '' && { discloses: draft.discloses.trim() }),
    when: writeCondition(draft.when),
    examples: { in: side('in'), out: side('out'), unknown: side('unknown') },
  }
}

/** A loaded class as a pack file would say it: where a replacement begins. Undefined for candidates: those are confirmed, not counted. */
export function classAsWritten(rule: ClassRule, records: readonly RecordKindDefinition[]): Entry | undefined {
  if (rule.proposes) return undefined
  const facts = (of: Readonly<Record<string, FactValue | null | undefined>>) =>
    Object.entries(of).flatMap(([fact, value]): [string, unknown][] => {
      if (value === null || value === undefined) return []
      if (fact === 'birth_date') return [[fact, value]]
      const label = factMeaning(fact as FactRef).label
      return [[label, typedValue(label, plain(fact as FactRef, value))]]
    })
  const example = ({ subject, date }: ClassRule['examples']['in'][number]) => {
    const acts = (subject.acts ?? []).flatMap(({ kind, on }) => {
      const record = records.find(({ number }) => number === kind)
      return record ? [{ record: record.id, on }] : []
    })
    return {
      facts: Object.fromEntries([...facts(subject.facts), ...facts(subject.roster)]),
      ...(date && { date }),
      ...(acts.length > 0 && { acts }),
    }
  }
  return {
    id: rule.id,
    label: rule.label,
    secrecy: rule.secrecy,
    ...(rule.discloses && { discloses: rule.discloses }),
    when: conditionAsWritten(rule.when),
    examples: {
      in: rule.examples.in.map(example),
      out: rule.examples.out.map(example),
      unknown: rule.examples.unknown.map(example),
    },
  }
}

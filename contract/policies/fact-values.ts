import { isPlainDate } from '#contract/platform'
import { type FactDefinition, facts, rosterFacts, type SecrecyDomain } from '#contract/students'
import type { FactRef, FactValue } from './condition.ts'

/** What rules need to know of a fact, whether of the dictionary or of the student's own row. */
export interface FactMeaning {
  readonly ref: FactRef
  readonly label: string
  readonly type: FactDefinition['type']
  readonly domain: SecrecyDomain
  readonly codes?: Readonly<Record<number, string>>
  readonly unit?: string
  /** True when it stands on the student's own row or school. */
  readonly roster: boolean
}

const meanings: ReadonlyMap<string, FactMeaning> = new Map([
  ...Object.entries(rosterFacts).map(([ref, definition]): [string, FactMeaning] => [
    ref,
    { ...definition, ref: ref as FactRef, domain: 'general', roster: true },
  ]),
  ...Object.entries(facts).map(([ref, definition]): [string, FactMeaning] => [
    ref,
    { ...definition, ref: ref as FactRef, roster: false },
  ]),
])

const byLabel = new Map([...meanings.values()].map((meaning) => [meaning.label, meaning]))

/** Every fact a rule may read. */
export const readableFacts: readonly FactMeaning[] = [...meanings.values()]

/** The meaning of a fact of the dictionary. */
export function factMeaning(ref: FactRef): FactMeaning {
  const meaning = meanings.get(ref)
  if (!meaning) throw new Error(`no such fact: ${ref}`)
  return meaning
}

/** Finds a fact by its id or its Chinese label, as pack authors write either. */
export function findFact(word: string): FactMeaning | undefined {
  return meanings.get(word) ?? byLabel.get(word)
}

const LARGEST_INTEGER = 1_000_000_000
const MONEY = /^(\d{1,10})(?:\.(\d{1,2}))?元$/

/**
 * Reads a value as a pack writes it: 是/否 or true/false; a code's label or number; a whole number; `8000元`; a plain
 * date. Answers the stored value, or what is wrong with it in Chinese.
 */
export function readValue(fact: FactMeaning, written: unknown): { value: FactValue } | { wrong: string } {
  switch (fact.type) {
    case 'yes-no':
      if (written === true || written === '是') return { value: true }
      if (written === false || written === '否') return { value: false }
      return { wrong: `“${fact.label}”只能写“是”或“否”` }
    case 'code':
      return readCode(fact, written)
    case 'integer':
      if (typeof written === 'number' && Number.isInteger(written) && Math.abs(written) <= LARGEST_INTEGER)
        return { value: written }
      return { wrong: `“${fact.label}”应为整数` }
    case 'money':
      return readMoney(fact, written)
    case 'date':
      if (typeof written === 'string' && isPlainDate(written)) return { value: written }
      return { wrong: `“${fact.label}”应为日期,写作 2025-09-01` }
  }
}

function readCode(fact: FactMeaning, written: unknown): { value: FactValue } | { wrong: string } {
  const found = Object.entries(fact.codes ?? {}).find(([code, label]) => label === written || Number(code) === written)
  if (found) return { value: Number(found[0]) }
  return {
    wrong: `“${fact.label}”没有“${String(written)}”这一项,可写:${Object.values(fact.codes ?? {}).join('、')}`,
  }
}

function readMoney(fact: FactMeaning, written: unknown): { value: FactValue } | { wrong: string } {
  const parts = typeof written === 'string' ? MONEY.exec(written) : null
  if (!parts) return { wrong: `“${fact.label}”是金额,应写作“8000元”` }
  return { value: Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0')) }
}

/** The value as people read it: `是`, `特别困难`, `12周岁`, `8000元`, `2025-09-01`. */
export function showValue(ref: FactRef, value: FactValue): string {
  const fact = factMeaning(ref)
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (fact.type === 'code') return fact.codes?.[Number(value)] ?? String(value)
  if (fact.type === 'money') return `${Number(value) / 100}元`
  return `${value}${fact.unit ?? ''}`
}

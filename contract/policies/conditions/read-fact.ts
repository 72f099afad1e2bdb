import type { FactRef, FactValue } from '../condition.ts'
import { type FactMeaning, findFact, readValue } from '../fact-values.ts'
import type { Reading } from './word.ts'

/** Finds the fact a condition names, or says that there is none. */
export function readFact(word: string, reading: Reading, path: readonly (string | number)[]): FactMeaning | undefined {
  const fact = findFact(word)
  if (!fact) reading.say(`没有叫“${word}”的事项,请对照事项字典`, path)
  return fact
}

/** Reads one value of a fact, or says what is wrong with it. */
export function readFactValue(
  fact: FactMeaning,
  written: unknown,
  reading: Reading,
  path: readonly (string | number)[],
): FactValue | undefined {
  const read = readValue(fact, written)
  if ('value' in read) return read.value
  reading.say(read.wrong, path)
  return undefined
}

/** As `readFact`, for words that measure: only numbers, money and dates have an order. */
export function readMeasure(
  word: string,
  reading: Reading,
  path: readonly (string | number)[],
): FactMeaning | undefined {
  const fact = readFact(word, reading, path)
  if (!fact || fact.type === 'integer' || fact.type === 'money' || fact.type === 'date') return fact
  reading.say(`“${fact.label}”不分大小先后,不能用 at_least、at_most、between,请用 is 或 in`, path)
  return undefined
}

/** Reads a list of yes-no facts without repeats. */
export function readYesNoFacts(
  words: readonly string[],
  reading: Reading,
  key: string,
): readonly FactRef[] | undefined {
  const found: FactRef[] = []
  for (const [index, word] of words.entries()) {
    const fact = readFact(word, reading, [key, index])
    if (!fact) continue
    if (fact.type !== 'yes-no') reading.say(`“${fact.label}”不是“是/否”事项,不能放在 ${key} 里`, [key, index])
    else if (found.includes(fact.ref)) reading.say(`“${fact.label}”重复了`, [key, index])
    else found.push(fact.ref)
  }
  return found.length === words.length ? found : undefined
}

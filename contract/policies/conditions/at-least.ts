import { z } from 'zod'
import { factMeaning, showValue } from '../fact-values.ts'
import { scalar } from './is.ts'
import { readFactValue, readMeasure } from './read-fact.ts'
import { answerOf, type FactWord } from './word.ts'

const written = z.strictObject({ fact: z.string().max(60), at_least: scalar })

/** `fact: age, at_least: 16` — this much or more; a date: that day or later. */
export const atLeast: FactWord<'at_least'> = {
  key: 'at_least',
  shape: () => written,
  read: ({ fact: word, at_least: value }: z.infer<typeof written>, reading) => {
    const fact = readMeasure(word, reading, ['fact'])
    const read = fact && readFactValue(fact, value, reading, ['at_least'])
    return fact && read !== undefined ? { kind: 'at_least', fact: fact.ref, value: read } : undefined
  },
  evaluate: ({ value }, actual) => (actual === undefined ? 'unknown' : answerOf(actual >= value)),
  describe: ({ fact, value }) =>
    `${factMeaning(fact).label}${factMeaning(fact).type === 'date' ? '不早于' : '不低于'} ${showValue(fact, value)}`,
}

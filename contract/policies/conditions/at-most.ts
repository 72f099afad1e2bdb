import { z } from 'zod'
import { factMeaning, showValue } from '../fact-values.ts'
import { scalar } from './is.ts'
import { readFactValue, readMeasure } from './read-fact.ts'
import { answerOf, type FactWord } from './word.ts'

const written = z.strictObject({ fact: z.string().max(60), at_most: scalar })

/** `fact: per_capita_income, at_most: 8000元` — this much or less; a date: that day or earlier. */
export const atMost: FactWord<'at_most'> = {
  key: 'at_most',
  shape: () => written,
  read: ({ fact: word, at_most: value }: z.infer<typeof written>, reading) => {
    const fact = readMeasure(word, reading, ['fact'])
    const read = fact && readFactValue(fact, value, reading, ['at_most'])
    return fact && read !== undefined ? { kind: 'at_most', fact: fact.ref, value: read } : undefined
  },
  evaluate: ({ value }, actual) => (actual === undefined ? 'unknown' : answerOf(actual <= value)),
  describe: ({ fact, value }) =>
    `${factMeaning(fact).label}${factMeaning(fact).type === 'date' ? '不晚于' : '不高于'} ${showValue(fact, value)}`,
}

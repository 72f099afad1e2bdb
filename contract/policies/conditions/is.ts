import { z } from 'zod'
import { factMeaning, showValue } from '../fact-values.ts'
import { readFact, readFactValue } from './read-fact.ts'
import { answerOf, type FactWord } from './word.ts'

export const scalar = z.union([z.string().max(100), z.number(), z.boolean()])
const written = z.strictObject({ fact: z.string().max(60), is: scalar })

/** `fact: dibao, is: 是` — the fact has exactly this value. */
export const is: FactWord<'is'> = {
  key: 'is',
  shape: () => written,
  read: ({ fact: word, is: value }: z.infer<typeof written>, reading) => {
    const fact = readFact(word, reading, ['fact'])
    const read = fact && readFactValue(fact, value, reading, ['is'])
    return fact && read !== undefined ? { kind: 'is', fact: fact.ref, value: read } : undefined
  },
  evaluate: ({ value }, actual) => (actual === undefined ? 'unknown' : answerOf(actual === value)),
  describe: ({ fact, value }) => `${factMeaning(fact).label}为“${showValue(fact, value)}”`,
}

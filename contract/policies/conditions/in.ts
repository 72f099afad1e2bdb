import { z } from 'zod'
import { factMeaning, showValue } from '../fact-values.ts'
import { scalar } from './is.ts'
import { readFact, readFactValue } from './read-fact.ts'
import { answerOf, type FactWord } from './word.ts'

const written = z.strictObject({ fact: z.string().max(60), in: z.array(scalar).min(1).max(50) })

/** `fact: hardship_level, in: [特别困难, 困难]` — the fact has one of these values. */
export const isIn: FactWord<'in'> = {
  key: 'in',
  shape: () => written,
  read: ({ fact: word, in: values }: z.infer<typeof written>, reading) => {
    const fact = readFact(word, reading, ['fact'])
    if (!fact) return undefined
    const read = values.flatMap((value, index) => readFactValue(fact, value, reading, ['in', index]) ?? [])
    if (new Set(read).size < read.length) reading.say(`“${fact.label}”的取值有重复`, ['in'])
    return read.length === values.length ? { kind: 'in', fact: fact.ref, values: read } : undefined
  },
  evaluate: ({ values }, actual) => (actual === undefined ? 'unknown' : answerOf(values.includes(actual))),
  describe: ({ fact, values }) =>
    `${factMeaning(fact).label}为${values.map((value) => `“${showValue(fact, value)}”`).join('或')}`,
}

import { z } from 'zod'
import { factMeaning, showValue } from '../fact-values.ts'
import { scalar } from './is.ts'
import { readFactValue, readMeasure } from './read-fact.ts'
import { answerOf, type FactWord } from './word.ts'

const written = z.strictObject({ fact: z.string().max(60), between: z.tuple([scalar, scalar]) })

/** `fact: age, between: [3, 6]` — both ends included. Absent is unknown, where SQL's own BETWEEN may say false. */
export const between: FactWord<'between'> = {
  key: 'between',
  shape: () => written,
  read: ({ fact: word, between: ends }: z.infer<typeof written>, reading) => {
    const fact = readMeasure(word, reading, ['fact'])
    if (!fact) return undefined
    const from = readFactValue(fact, ends[0], reading, ['between', 0])
    const to = readFactValue(fact, ends[1], reading, ['between', 1])
    if (from === undefined || to === undefined) return undefined
    if (from > to) {
      reading.say('between 的两端写反了:前一个应不大于后一个', ['between'])
      return undefined
    }
    return { kind: 'between', fact: fact.ref, from, to }
  },
  evaluate: ({ from, to }, actual) => (actual === undefined ? 'unknown' : answerOf(actual >= from && actual <= to)),
  describe: ({ fact, from, to }) =>
    `${factMeaning(fact).label}在 ${showValue(fact, from)} 至 ${showValue(fact, to)} 之间(含两端)`,
}

import { z } from 'zod'
import { factMeaning } from '../fact-values.ts'
import { readFact } from './read-fact.ts'
import { answerOf, type FactWord } from './word.ts'

const written = z.strictObject({ known: z.string().max(60) })

/** `known: screening_level` — somebody has asked or answered. The one word that is never unknown about a fact. */
export const known: FactWord<'known'> = {
  key: 'known',
  shape: () => written,
  read: ({ known: word }: z.infer<typeof written>, reading) => {
    const fact = readFact(word, reading, ['known'])
    return fact && { kind: 'known', fact: fact.ref }
  },
  evaluate: (_, actual) => answerOf(actual !== undefined),
  describe: ({ fact }) => `“${factMeaning(fact).label}”已有记载`,
}

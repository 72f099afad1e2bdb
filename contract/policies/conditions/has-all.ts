import { z } from 'zod'
import { factMeaning } from '../fact-values.ts'
import { readYesNoFacts } from './read-fact.ts'
import type { Word } from './word.ts'

const written = z.strictObject({ has_all: z.array(z.string().max(60)).min(1).max(50) })

/** `has_all: [单亲家庭, 残疾人子女]` — every one of these yes-no facts is yes. */
export const hasAll: Word<'has_all'> = {
  key: 'has_all',
  shape: () => written,
  read: ({ has_all: words }: z.infer<typeof written>, reading) => {
    const facts = readYesNoFacts(words, reading, 'has_all')
    return facts && { kind: 'has_all', facts }
  },
  describe: ({ facts }) => `同时有下列情况:${facts.map((fact) => factMeaning(fact).label).join('、')}`,
}

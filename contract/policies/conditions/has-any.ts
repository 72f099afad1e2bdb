import { z } from 'zod'
import { factMeaning } from '../fact-values.ts'
import { readYesNoFacts } from './read-fact.ts'
import type { Word } from './word.ts'

const written = z.strictObject({ has_any: z.array(z.string().max(60)).min(1).max(50) })

/** `has_any: [低保, 特困供养]` — at least one of these yes-no facts is yes. */
export const hasAny: Word<'has_any'> = {
  key: 'has_any',
  shape: () => written,
  read: ({ has_any: words }: z.infer<typeof written>, reading) => {
    const facts = readYesNoFacts(words, reading, 'has_any')
    return facts && { kind: 'has_any', facts }
  },
  describe: ({ facts }) => `有下列任一情况:${facts.map((fact) => factMeaning(fact).label).join('、')}`,
}

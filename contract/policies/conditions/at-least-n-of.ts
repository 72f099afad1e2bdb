import { z } from 'zod'
import { describeList, readChildren } from './children.ts'
import type { JoiningWord } from './word.ts'

const shape = (child: z.ZodType) =>
  z.strictObject({
    at_least_n_of: z.strictObject({ n: z.int().min(1).max(50), of: z.array(child).min(2).max(50) }),
  })

/** `at_least_n_of: { n: 2, of: […] }` — n or more hold. Decided as soon as the unknown ones cannot change it. */
export const atLeastNOf: JoiningWord<'at_least_n_of'> = {
  key: 'at_least_n_of',
  shape,
  read: ({ at_least_n_of: { n, of: children } }: { at_least_n_of: { n: number; of: unknown[] } }, reading) => {
    if (n > children.length) reading.say(`只列了 ${children.length} 项,不可能符合 ${n} 项`, ['at_least_n_of', 'n'])
    const of = readChildren(children, reading, ['at_least_n_of', 'of'])
    return of && n <= of.length ? { kind: 'at_least_n_of', n, of } : undefined
  },
  join: ({ n }, answers) => {
    const met = answers.filter((answer) => answer === 'met').length
    const open = answers.filter((answer) => answer !== 'not met').length
    if (met >= n) return 'met'
    return open < n ? 'not met' : 'unknown'
  },
  describe: ({ n, of }, _, child) => `至少符合下列 ${n} 项:${describeList(of, child)}`,
}

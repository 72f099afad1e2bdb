import { z } from 'zod'
import { describeList, readChildren } from './children.ts'
import type { JoiningWord } from './word.ts'

const shape = (child: z.ZodType) => z.strictObject({ none: z.array(child).min(1).max(50) })

/** `none: […]` — not one holds. Unknown as long as one might. */
export const none: JoiningWord<'none'> = {
  key: 'none',
  shape,
  read: ({ none: children }: { none: unknown[] }, reading) => {
    const of = readChildren(children, reading, ['none'])
    return of && { kind: 'none', of }
  },
  join: (_, answers) => {
    if (answers.includes('met')) return 'not met'
    return answers.includes('unknown') ? 'unknown' : 'met'
  },
  describe: ({ of }, _, child) => `不符合下列任何一项:${describeList(of, child)}`,
}

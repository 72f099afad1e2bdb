import { z } from 'zod'
import { describeList, readChildren } from './children.ts'
import type { JoiningWord } from './word.ts'

const shape = (child: z.ZodType) => z.strictObject({ all: z.array(child).min(1).max(50) })

/** `all: […]` — every one holds. One that fails decides, whatever else is unknown. */
export const all: JoiningWord<'all'> = {
  key: 'all',
  shape,
  read: ({ all: children }: { all: unknown[] }, reading) => {
    const of = readChildren(children, reading, ['all'])
    return of && { kind: 'all', of }
  },
  join: (_, answers) => {
    if (answers.includes('not met')) return 'not met'
    return answers.includes('unknown') ? 'unknown' : 'met'
  },
  describe: ({ of }, _, child) => `同时符合:${describeList(of, child)}`,
}

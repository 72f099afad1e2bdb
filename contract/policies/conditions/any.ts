import { z } from 'zod'
import { describeList, readChildren } from './children.ts'
import type { JoiningWord } from './word.ts'

const shape = (child: z.ZodType) => z.strictObject({ any: z.array(child).min(1).max(50) })

/** `any: […]` — at least one holds. One that holds decides, whatever else is unknown. */
export const any: JoiningWord<'any'> = {
  key: 'any',
  shape,
  read: ({ any: children }: { any: unknown[] }, reading) => {
    const of = readChildren(children, reading, ['any'])
    return of && { kind: 'any', of }
  },
  join: (_, answers) => {
    if (answers.includes('met')) return 'met'
    return answers.includes('unknown') ? 'unknown' : 'not met'
  },
  describe: ({ of }, _, child) => `符合下列任一项:${describeList(of, child)}`,
}

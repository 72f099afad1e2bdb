import { z } from 'zod'
import type { Word } from './word.ts'

const written = z.strictObject({ member_of: z.string().max(120) })

/** `member_of: national/left-behind` — belongs to that class, as it is in force on the day. */
export const memberOf: Word<'member_of'> = {
  key: 'member_of',
  shape: () => written,
  read: ({ member_of: word }: z.infer<typeof written>, reading) => {
    const ref = reading.findClass(word)
    if (!ref) reading.say(`没有叫“${word}”的类别`, ['member_of'])
    return ref === undefined ? undefined : { kind: 'member_of', class: ref }
  },
  describe: (condition, names) => `属于“${names.ofClass(condition.class)}”`,
}

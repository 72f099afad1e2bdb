import { z } from 'zod'
import { addDays } from '#contract/platform'
import type { Answer, ConditionOf, PlainDate, Subject } from '../condition.ts'
import { answerOf, type Word } from './word.ts'

const written = z.strictObject({
  done_within: z.strictObject({ record: z.string().max(60), days: z.int().min(1).max(3660) }),
})

/** `done_within: { record: home-visit, days: 180 }` — done in the last n days, the day itself counted as the first. */
export const doneWithin: Word<'done_within'> & {
  readonly evaluate: (condition: ConditionOf<'done_within'>, acts: Subject['acts'], date: PlainDate) => Answer
} = {
  key: 'done_within',
  shape: () => written,
  read: ({ done_within: { record: word, days } }: z.infer<typeof written>, reading) => {
    const record = reading.findRecord(word)
    if (!record) reading.say(`没有叫“${word}”的记录`, ['done_within', 'record'])
    return record && { kind: 'done_within', record: record.id, number: record.number, days }
  },
  // The ledger is ours, so no record means not done; a record dated after the day does not count yet.
  evaluate: ({ number, days }, acts, date) => {
    const after = addDays(date, -days)
    return answerOf((acts ?? []).some((act) => act.kind === number && act.on > after && act.on <= date))
  },
  describe: ({ record, days }, names) => `近 ${days} 天内有“${names.ofRecord(record)}”记录`,
}

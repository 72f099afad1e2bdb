import { z } from 'zod'
import { act, base, date, examplesOf, id, post, text, wanted } from './parts.ts'

const periodName = z.enum([
  'school-day',
  'week',
  'teaching-week',
  'month',
  'term',
  'vacation',
  'school-year',
  'calendar-year',
])
const need = z.union([
  z.strictObject({ record: id, where: wanted.optional() }),
  z.strictObject({ appointment: post }),
  z.strictObject({
    archive: z
      .array(
        z.strictObject({
          part: z.enum(['aid-history', 'visits', 'traits', 'rewards']),
          shown_by: z.union([z.literal('system'), z.array(id).min(1).max(10)]),
        }),
      )
      .min(1)
      .max(4),
  }),
])
const per = z.union([
  periodName,
  z.literal('standing'),
  z.strictObject({ once_by: date }),
  z.strictObject({ after: id, where: wanted.optional(), hours: z.int().min(1).max(720) }),
  z.strictObject({ after: id, where: wanted.optional(), working_days: z.int().min(1).max(250) }),
])

/** A duty. */
export const dutyShape = z.strictObject({
  ...base,
  neutral_title: text(30),
  for: z.string().max(121),
  does: need,
  by: post,
  fallback: z.array(post).max(10),
  at_least: z.int().min(1).max(1000),
  per,
  examples: examplesOf(
    z.strictObject({
      period: z.tuple([date, date]).optional(),
      acts: z.array(act).max(50).optional(),
      posts: z.array(post).max(10).optional(),
      parts: z
        .array(z.enum(['aid-history', 'visits', 'traits', 'rewards']))
        .max(4)
        .optional(),
    }),
  ),
})

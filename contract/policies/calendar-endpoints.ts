import { z } from 'zod'
import { endpoint, plainDate } from '#contract/platform'

const unitParams = z.object({ unitId: z.uuid() })
const schoolYear = z.coerce.number().int().min(2000).max(2100)

/** Terms, holidays and make-up days that hold at a unit in a school year, and who says so. */
export const getCalendar = endpoint({
  name: 'policies.get-calendar',
  method: 'GET',
  path: '/api/units/:unitId/calendar',
  summary: '校历:学期起止、放假和补课的日子,由哪个单位规定',
  cites: ['C21'],
  params: unitParams,
  query: z.object({ year: schoolYear.optional() }),
  body: undefined,
  answer: z.object({
    unit: z.object({ id: z.uuid(), name: z.string() }),
    year: z.number().int(),
    mayKeep: z.boolean(),
    terms: z.array(
      z.object({
        term: z.number().int(),
        startsOn: z.string(),
        endsOn: z.string(),
        /** The unit that says so; null for the usual dates, which hold where nobody has said anything. */
        by: z.string().nullable(),
        own: z.boolean(),
      }),
    ),
    days: z.array(
      z.object({
        date: z.string(),
        kind: z.enum(['holiday', 'school-day']),
        label: z.string(),
        /** The unit that says so; null for the calendar of the state. */
        by: z.string().nullable(),
        own: z.boolean(),
      }),
    ),
  }),
})

/** Sets the terms of a school year at a unit; everything below without its own follows. */
export const setTerms = endpoint({
  name: 'policies.set-terms',
  method: 'PUT',
  path: '/api/units/:unitId/calendar/terms',
  summary: '规定一个学年的学期起止',
  cites: ['C21'],
  params: unitParams,
  query: z.object({}),
  body: z.object({
    year: z.number().int().min(2000).max(2100),
    terms: z
      .array(z.object({ term: z.number().int().min(1).max(3), startsOn: plainDate, endsOn: plainDate }))
      .min(1)
      .max(3),
  }),
  answer: z.object({ year: z.number().int() }),
})

/** Says of one day that schools are closed or open; `kind: null` takes the unit's own word back. */
export const setDay = endpoint({
  name: 'policies.set-day',
  method: 'PUT',
  path: '/api/units/:unitId/calendar/days',
  summary: '规定某一天放假或补课,或恢复按上级和国家安排',
  cites: ['C21'],
  params: unitParams,
  query: z.object({}),
  body: z.object({
    date: plainDate,
    kind: z.enum(['holiday', 'school-day']).nullable(),
    label: z.string().trim().max(40).default(''),
  }),
  answer: z.object({ date: z.string() }),
})

import { z } from 'zod'
import { endpoint, plainDate } from '#contract/platform'
import { facts, secrecyDomains } from '#contract/students'

const none = z.object({})
const unit = z.object({ unitId: z.uuid() })
const round = unit.extend({ roundId: z.uuid() })

/** Facts a class may be asked for: what a class teacher may know of a child. Findings of doctors are imported by their offices. */
export const askable = Object.entries(facts)
  .filter(
    ([, { type, domain }]) =>
      (type === 'yes-no' || type === 'code') && ['general', 'family', 'schooling'].includes(domain),
  )
  .map(([id]) => id)
  .filter((id) => id !== 'hardship_level')

const factId = z.string().refine((id) => askable.includes(id), '这一项不能在班级摸排中询问')

export const openScreening = endpoint({
  name: 'care.open-screening',
  method: 'POST',
  path: '/api/units/:unitId/screenings',
  summary: '摸排:发起一轮,按班填写',
  cites: ['X2', 'G26'],
  params: unit,
  query: none,
  body: z.object({
    id: z.uuid(),
    /** Others read it: no word that labels a child. */
    title: z.string().trim().min(2).max(40),
    items: z.array(factId).min(1).max(20),
    fromDate: plainDate,
    untilDate: plainDate,
  }),
  answer: none,
})

export const listScreenings = endpoint({
  name: 'care.list-screenings',
  method: 'GET',
  path: '/api/units/:unitId/screenings',
  summary: '摸排:各轮填到哪里',
  cites: ['X2'],
  params: unit,
  query: none,
  body: undefined,
  answer: z.object({
    unitName: z.string(),
    rounds: z.array(
      z.object({
        unitId: z.uuid(),
        id: z.uuid(),
        title: z.string(),
        fromDate: z.string(),
        untilDate: z.string(),
        open: z.boolean(),
        items: z.array(
          z.object({
            fact: z.string(),
            label: z.string(),
            codes: z.array(z.object({ code: z.number().int(), label: z.string() })),
          }),
        ),
        /** Units directly below, as far as one sees their students; a class itself. */
        lines: z.array(
          z.object({
            unitId: z.uuid(),
            name: z.string(),
            isClass: z.boolean(),
            students: z.number().int(),
            answered: z.number().int(),
          }),
        ),
      }),
    ),
  }),
})

export const listUnanswered = endpoint({
  name: 'care.list-unanswered',
  method: 'GET',
  path: '/api/units/:unitId/screenings/:roundId/unanswered',
  summary: '摸排:一个班还没有填的学生',
  cites: ['X2'],
  params: round,
  query: z.object({ classId: z.uuid() }),
  body: undefined,
  answer: z.object({ students: z.array(z.object({ schoolId: z.uuid(), id: z.uuid(), name: z.string() })) }),
})

export const answerScreening = endpoint({
  name: 'care.answer-screening',
  method: 'POST',
  path: '/api/units/:unitId/screenings/:roundId/answers',
  summary: '摸排:填写,记入学生档案',
  cites: ['X2', 'G26'],
  params: round,
  query: none,
  body: z.object({
    schoolId: z.uuid(),
    answers: z
      .array(
        z.object({
          studentId: z.uuid(),
          /** Null is "asked, not known": it writes nothing. */
          values: z.record(factId, z.union([z.boolean(), z.number().int(), z.null()])),
        }),
      )
      .min(1)
      .max(100),
  }),
  answer: z.object({ answered: z.number().int() }),
})

/** The code of the domain a fact stands in. */
export const domainCodeOf = (fact: string): number => {
  const known = facts[fact as keyof typeof facts]
  return secrecyDomains[known.domain].code
}

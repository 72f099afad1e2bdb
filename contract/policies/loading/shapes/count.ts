import { z } from 'zod'
import { MOST_COVERAGE_NUMBER } from '../../rule.ts'
import { base, domain, examplesOf, post } from './parts.ts'

const centrePart = z.enum(['place', 'director', 'member'])

/** A coverage. */
export const countShape = z.strictObject({
  ...base,
  number: z.int().min(1).max(MOST_COVERAGE_NUMBER),
  of: z.union([
    z.strictObject({ class: z.string().max(121) }),
    z.strictObject({ units: z.array(z.enum(['county', 'school', 'college'])).min(1) }),
  ]),
  counts_when: z.union([
    z.strictObject({ duties: z.array(z.string().max(121)).min(1).max(10) }),
    z.strictObject({ centre: z.array(centrePart).min(1).max(3) }),
  ]),
  splits: z.array(z.enum(['stage', 'urban', 'class'])).max(3),
  secrecy: domain,
  names_for: z.array(post).min(1).max(20),
  shows_reviewed: z.boolean().optional(),
  examples: examplesOf(
    z.strictObject({
      duties_met: z.array(z.string().max(121)).max(10).optional(),
      centre: z.array(centrePart).max(3).optional(),
    }),
  ),
})

import { z } from 'zod'
import { scalar } from '../../conditions/is.ts'
import { tracks } from '../../rule.ts'
import { base, codes, domain, examplesOf, fieldId, text } from './parts.ts'

const field = z.strictObject({
  id: fieldId,
  label: text(40),
  type: z.enum(['text', 'code', 'multi-code', 'date', 'integer', 'money', 'yes-no']),
  required: z.boolean().optional(),
  required_when: z.strictObject({ field: z.string().max(40), in: z.array(scalar).min(1).max(50) }).optional(),
  max: z.int().min(1).max(1_000_000_000_000).optional(),
  codes: codes.optional(),
  encrypted: z.boolean().optional(),
  hint: text(100).optional(),
  group: text(30).optional(),
})

/** A kind of record. */
export const recordShape = z.strictObject({
  ...base,
  number: z.int().min(1).max(32_000),
  neutral_title: text(30),
  domain,
  track: z.enum(Object.keys(tracks) as (keyof typeof tracks)[]),
  subjects: z.enum(['one', 'many']),
  needs_review: z.boolean(),
  open_to_family: z.boolean().optional(),
  fields: z.array(field).min(1).max(60),
  examples: examplesOf(z.strictObject({ content: z.record(z.string().max(60), z.unknown()) })),
})

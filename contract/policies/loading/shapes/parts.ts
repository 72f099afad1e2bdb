import { z } from 'zod'
import { postIds } from '#contract/people'
import { isPlainDate } from '#contract/platform'
import { secrecyDomains } from '#contract/students'
import { scalar } from '../../conditions/is.ts'

/** An id that stands in addresses and figures: small letters, digits, hyphens. */
const ID = /^[a-z][a-z0-9-]{0,59}$/
const REF = /^[a-z][a-z0-9-]{0,59}\/[a-z][a-z0-9-]{0,59}$/

export const text = (most: number) => z.string().trim().min(1).max(most)
export const id = z.string().regex(ID)
export const ref = z.string().regex(REF)
export const date = z.string().refine(isPlainDate)
export const post = z.enum(postIds)
export const domain = z.enum(Object.keys(secrecyDomains) as (keyof typeof secrecyDomains)[])
export const codes = z.record(z.string().regex(/^\d{1,4}$/), text(40))

export const cite = z.strictObject({
  requirement: z
    .array(z.string().regex(/^[A-Z]\d{1,3}$/))
    .min(1)
    .max(20),
  document: id,
  at: text(200),
  quote: text(500).optional(),
})
export const cites = z.array(cite).min(1).max(10)

export const base = {
  id,
  label: text(60),
  cite: cites,
  from: date.optional(),
  until: date.optional(),
  standpoint: z.literal('platform').optional(),
  replaces: ref.optional(),
}

export const examplesOf = <E extends z.ZodType>(example: E, unknown: 'asked' | 'none' = 'none') =>
  unknown === 'asked'
    ? z.strictObject({
        in: z.array(example).min(1).max(100),
        out: z.array(example).min(1).max(100),
        unknown: z.array(example).min(1).max(100),
      })
    : z.strictObject({ in: z.array(example).min(1).max(100), out: z.array(example).min(1).max(100) })

export const act = z.strictObject({
  record: id,
  on: date,
  with: z.record(z.string(), z.union([scalar, z.array(scalar)])).optional(),
})
export const student = z.strictObject({
  facts: z.record(z.string().max(60), scalar.nullable()),
  date: date.optional(),
  acts: z.array(act).max(20).optional(),
  suggests: scalar.optional(),
})

/** Options of a record's coded fields that count. */
export const wanted = z.record(z.string(), z.array(scalar).min(1).max(50))
/** Id of a field of a record. */
export const fieldId = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)

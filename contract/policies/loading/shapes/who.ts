import { z } from 'zod'
import { scalar } from '../../conditions/is.ts'
import { base, domain, examplesOf, student, text } from './parts.ts'

const decided = z.enum(['hardship_level', 'key_student'])

/** A class, given the shape of a condition. */
export const whoShape = (condition: z.ZodType) =>
  z.strictObject({
    ...base,
    secrecy: domain,
    discloses: text(200).optional(),
    proposes: z.boolean().optional(),
    suggests: z
      .strictObject({
        fact: decided,
        choose: z
          .array(z.strictObject({ value: scalar, when: condition.optional() }))
          .min(1)
          .max(10),
      })
      .optional(),
    when: condition,
    examples: examplesOf(student, 'asked'),
  })

import { z } from 'zod'
import { cites, date, id, ref, text } from './parts.ts'

/** The header of a pack. */
export const packShape = z.strictObject({
  issuer: id,
  name: text(60),
  extends: id.optional(),
  version: z.string().regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/),
  documents: z
    .array(z.strictObject({ id, title: text(200), number: text(60).optional(), issued: date.optional() }))
    .max(50),
})

/** A rule of a higher pack that ends here. */
export const endingShape = z.strictObject({ ends: ref, from: date, cite: cites })

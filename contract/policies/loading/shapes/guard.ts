import { z } from 'zod'
import { importListKinds } from '../../rule.ts'
import { base, domain, examplesOf, post, text } from './parts.ts'

const guardedList = z.enum(['key-students', 'coverage-5', 'coverage-6'])
const importList = z.enum(importListKinds)

/** A guard. */
export const guardShape = z.strictObject({
  ...base,
  guards: z.union([
    z.strictObject({
      sees: z.array(domain).max(7),
      post,
      over: z.enum(['own-students', 'class', 'school', 'unit', 'none']),
    }),
    z.strictObject({ opens: z.array(guardedList).min(1), posts: z.array(post).min(1).max(20) }),
    z.strictObject({ imports: z.array(importList).min(1), posts: z.array(post).min(1).max(20) }),
    z.strictObject({ unspoken: z.array(text(20)).min(1).max(200) }),
  ]),
  examples: examplesOf(
    z.strictObject({
      post: post.optional(),
      domain: domain.optional(),
      list: z.union([guardedList, importList]).optional(),
      text: text(200).optional(),
    }),
  ),
})

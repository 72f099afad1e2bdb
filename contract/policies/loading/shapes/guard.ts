import { z } from 'zod'
import { doors, importListKinds, type OutwardDoor } from '../../rule.ts'
import { base, domain, examplesOf, id, post, text } from './parts.ts'

const guardedList = z.enum(['key-students', 'coverage-5', 'coverage-6'])
const importList = z.enum(importListKinds)
const door = z.enum(Object.keys(doors) as [OutwardDoor, ...OutwardDoor[]])

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
    z.strictObject({
      withholds: z.array(id).min(1).max(60),
      at: z.array(door).min(1),
      but: z.array(post).max(20).optional(),
    }),
    z.strictObject({ suppresses: z.number().int().min(2).max(50) }),
  ]),
  examples: examplesOf(
    z.strictObject({
      post: post.optional(),
      domain: domain.optional(),
      list: z.union([guardedList, importList, id]).optional(),
      text: text(200).optional(),
      door: door.optional(),
      count: z.number().int().min(0).max(1_000_000).optional(),
    }),
  ),
})

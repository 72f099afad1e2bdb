import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { type Endpoint, type FieldReason, Refusal } from '#contract/platform'
import { inputWords } from './input-words.ts'

const reasonsOf = (error: z.ZodError): FieldReason[] =>
  error.issues.slice(0, 50).map((issue) => ({ field: issue.path.join('.'), reason: issue.message }))

const believed = (schema: z.ZodType, value: unknown): unknown => {
  const parsed = schema.safeParse(value, { error: inputWords })
  if (parsed.success) return parsed.data
  throw new Refusal('platform.invalid', '填写的内容有误,请看各项提示。', 'invalid', reasonsOf(parsed.error))
}

/** Parts of a request, bounded and validated before anything believes them. */
export const readInput = (endpoint: Endpoint, request: FastifyRequest) => ({
  params: believed(endpoint.params, request.params),
  query: believed(endpoint.query, request.query),
  body:
    endpoint.body === undefined || endpoint.body === 'upload' ? undefined : believed(endpoint.body, request.body ?? {}),
})

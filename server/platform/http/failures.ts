import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type FaultAnswer, Refusal, type RefusalAnswer, refusalStatus } from '#contract/platform'
import { asUnavailable } from '../database/unavailable.ts'

const refusalBody = (refusal: Refusal): RefusalAnswer => ({
  refusal: { code: refusal.code, sentence: refusal.sentence, fields: [...refusal.fields] },
})

const knownFastifyRefusals: Record<string, Refusal> = {
  FST_ERR_CTP_BODY_TOO_LARGE: new Refusal('platform.too-large', '内容太大,请分次提交。', 'too-large'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: new Refusal('platform.media-type', '不支持这种内容格式。', 'invalid'),
  FST_ERR_CTP_INVALID_JSON_BODY: new Refusal('platform.invalid-json', '内容不完整或格式有误。', 'invalid'),
  FST_ERR_CTP_EMPTY_JSON_BODY: new Refusal('platform.invalid-json', '内容不完整或格式有误。', 'invalid'),
}

/** Turns what went wrong into an answer: a refusal with its sentence, or a fault logged once under a number. */
export const sendFailure = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const known = knownFastifyRefusals[(error as { code?: string }).code ?? '']
  const refusal = error instanceof Refusal ? error : (known ?? asUnavailable(error))
  if (refusal?.kind === 'unavailable')
    request.log.warn(
      { refusal: refusal.code, cause: (error as { code?: string }).code, route: request.routeOptions.url },
      'unavailable',
    )
  if (refusal) return reply.status(refusalStatus[refusal.kind]).send(refusalBody(refusal))
  const number = randomBytes(4).toString('hex')
  // Only the kind of failure is logged: database messages can carry values of a row.
  const { code, name, stack } = error as { code?: string; name?: string; stack?: string }
  const frames = stack
    ?.split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 8)
  request.log.error({ fault: number, code, name, frames, route: request.routeOptions.url }, 'fault')
  const body: FaultAnswer = {
    fault: { number, sentence: `系统出了问题,您填写的内容没有被写入。请稍后再试,或把编号 ${number} 告诉管理员。` },
  }
  return reply.status(500).send(body)
}

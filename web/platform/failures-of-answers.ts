import { faultAnswer, refusalAnswer } from '#contract/platform'
import { type FaultError, faultError, type RefusalError, refusalError } from './failures.ts'

/**
 * Reads what a failed answer says. Text that is neither a refusal nor a fault (a proxy's page, a cut answer) becomes a
 * fault that names the status, so that nothing unexpected is ever shown as if it were our own sentence.
 */
export const failureOf = (status: number, text: string): RefusalError | FaultError => {
  const json = parsed(text)
  const refusal = refusalAnswer.safeParse(json)
  if (refusal.success) {
    const { code, sentence, fields } = refusal.data.refusal
    return refusalError(code, sentence, status, fields)
  }
  const fault = faultAnswer.safeParse(json)
  if (fault.success) return faultError(fault.data.fault.number, fault.data.fault.sentence)
  if (status === 401) return refusalError('people.not-signed-in', '登录已失效,请重新登录。', 401)
  if (status === 413) return refusalError('platform.too-large', '内容太大,服务器没有收下。', 413)
  return faultError(`HTTP ${status}`, '服务器暂时答不上来,请稍后再试。')
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

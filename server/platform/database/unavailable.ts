import { Refusal } from '#contract/platform'

const away = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', '57P01', '57P02', '57P03', '08006', '08003'])

// A connection or lock waited for in vain, a statement cut off by its limit, a deadlock: all rolled back.
const busy = new Set(['53300', '55P03', '57014', '40P01', '40001'])
const noConnectionInTime = 'timeout exceeded when trying to connect'
const cutOff = 'Connection terminated'

/** What a person is told when the database is away or too busy to answer; undefined where it is a fault of ours. */
export const asUnavailable = (error: unknown): Refusal | undefined => {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (away.has(code) || message.startsWith(cutOff))
    return new Refusal('platform.database-away', '数据库正在恢复,您的内容没有丢失,请稍后再试。', 'unavailable')
  if (busy.has(code) || message === noConnectionInTime)
    return new Refusal('platform.busy', '系统正忙,这一次没有做成,请稍后再试。', 'unavailable')
  return undefined
}

import { type Channel, ChannelFailure, exchange } from './channel.ts'

/**
 * Short messages through a gateway of the office: `POST url {id, to, text}` with a bearer key answers `{ref, state}`;
 * `GET url/ref` answers `{state}`. The id comes with every try, also as `idempotency-key`.
 */
export const smsChannel = (url: string, key: string): Channel => {
  const headers = { authorization: `Bearer ${key}` }
  return {
    send: async ({ id, text, mobile }) => {
      if (!mobile) throw new ChannelFailure('no-mobile', true)
      const answer = await exchange(
        url,
        { ...headers, 'idempotency-key': id },
        { id, to: mobile, text: `【同行】${text}` },
      )
      return {
        ref: typeof answer.ref === 'string' ? answer.ref.slice(0, 80) : undefined,
        delivered: answer.state === 'delivered',
      }
    },
    ask: async (ref) => {
      const { state } = await exchange(`${url}/${encodeURIComponent(ref)}`, headers)
      return state === 'delivered' || state === 'failed' ? state : 'under way'
    },
  }
}

import { createHmac } from 'node:crypto'
import { type Channel, ChannelFailure, exchange } from './channel.ts'

const accepted = ({ errcode }: Record<string, unknown>) => {
  if (errcode !== 0) throw new ChannelFailure(`robot-${String(errcode).slice(0, 20)}`)
  return {}
}

/** A group robot of WeCom (企业微信). It speaks in a group of the office: for staff only, never for a family. */
export const wecomChannel = (url: string): Channel => ({
  send: async ({ text, mobile }) =>
    accepted(
      await exchange(
        url,
        {},
        {
          msgtype: 'text',
          text: { content: text, ...(mobile ? { mentioned_mobile_list: [mobile] } : {}) },
        },
      ),
    ),
})

const signed = (url: string, secret: string | undefined): string => {
  if (!secret) return url
  const timestamp = Date.now()
  const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64')
  return `${url}${url.includes('?') ? '&' : '?'}timestamp=${timestamp}&sign=${encodeURIComponent(sign)}`
}

/** A group robot of DingTalk (钉钉), signed when it has a secret. For staff only, as above. */
export const dingtalkChannel = (url: string, secret: string | undefined): Channel => ({
  send: async ({ text, mobile }) =>
    accepted(
      await exchange(
        signed(url, secret),
        {},
        {
          msgtype: 'text',
          text: { content: text },
          at: { atMobiles: mobile ? [mobile] : [], isAtAll: false },
        },
      ),
    ),
})

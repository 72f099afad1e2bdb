import type { Channels } from './channel.ts'
import { dingtalkChannel, wecomChannel } from './group-robots.ts'
import { mailChannel } from './mail.ts'
import { smsChannel } from './sms.ts'

/**
 * The ways out an installation has, by its environment: `SMS_URL` with `SMS_KEY`, `WECOM_WEBHOOK_URL`,
 * `DINGTALK_WEBHOOK_URL` with `DINGTALK_SECRET`, `MAIL_URL` (smtp://…) with `MAIL_FROM`. Without any, messages wait in
 * the program and on slips.
 */
export const channelsFrom = (env: Readonly<Record<string, string | undefined>>): Channels => ({
  ...(env.SMS_URL ? { sms: smsChannel(env.SMS_URL, env.SMS_KEY ?? '') } : {}),
  ...(env.WECOM_WEBHOOK_URL ? { wecom: wecomChannel(env.WECOM_WEBHOOK_URL) } : {}),
  ...(env.DINGTALK_WEBHOOK_URL ? { dingtalk: dingtalkChannel(env.DINGTALK_WEBHOOK_URL, env.DINGTALK_SECRET) } : {}),
  ...(env.MAIL_URL ? { mail: mailChannel(env.MAIL_URL, env.MAIL_FROM ?? 'tongxing@localhost') } : {}),
})

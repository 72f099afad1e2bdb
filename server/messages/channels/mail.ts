import type { Transporter } from 'nodemailer'
import { type Channel, ChannelFailure } from './channel.ts'

/** Mail over SMTP: subject and text are the neutral title and preview. */
export const mailChannel = (url: string, from: string): Channel => {
  // Loaded with the first message: most programs send none.
  let opened: Promise<Transporter> | undefined
  const open = () => import('nodemailer').then(({ createTransport }) => createTransport(url))
  return {
    send: async ({ id, title, text, mail }) => {
      if (!mail) throw new ChannelFailure('no-mail', true)
      try {
        // One id for all tries: mail programs show a repeated message once.
        opened ??= open()
        await (await opened).sendMail({ from, to: mail, subject: title, text, messageId: `<${id}@tongxing>` })
        return {}
      } catch (error) {
        const { responseCode } = error as { responseCode?: number }
        throw new ChannelFailure(responseCode ? `smtp-${responseCode}` : 'unreachable', (responseCode ?? 0) >= 500)
      }
    },
  }
}

import {
  countUnread,
  getChannels,
  getQuietHours,
  handOutSlips,
  listMessages,
  listSent,
  listSlips,
  markRead,
  setMail,
  setQuietHours,
  writeToFamily,
} from '#contract/messages'
import { familyInvited } from '#server/people'
import { type Served, type Services, serve } from '#server/platform'
import { setQuietHours as keepQuiet, getQuietHours as quietHours } from './keep-quiet-hours.ts'
import { countMine, listMine } from './list-messages.ts'
import { listSentByMe } from './list-sent.ts'
import { markRead as haveRead } from './mark-read.ts'
import type { Messaging } from './messaging.ts'
import { getChannels as ownChannels, setMail as ownMail } from './own-channels.ts'
import { sendMessage } from './send-message.ts'
import { handOutSlips as handOut, listSlips as slips } from './slips.ts'
import { writeToFamily as askFamily } from './write-to-family.ts'

// The code is a secret: it travels sealed and is opened only when it is sent.
const sendInvitations = ({ events, secrets }: Services): void =>
  events.when(familyInvited, (db, { personId, loginName, code }) =>
    sendMessage(db, {
      to: { personId },
      kind: 'family.invited',
      sealed: secrets.seal(JSON.stringify({ account: loginName, code })),
    }),
  )

/** Endpoints of messages; invitations of families leave by them. */
export const served = (messaging: Messaging): Served[] => {
  const { services } = messaging
  sendInvitations(services)
  return [
    serve(countUnread, ({ actor }) => countMine(services, actor)),
    serve(listMessages, ({ actor, query }) => listMine(services, actor, query)),
    serve(markRead, ({ actor, body }) => haveRead(services, actor, body)),
    serve(listSent, ({ actor, query }) => listSentByMe(services, actor, query)),
    serve(writeToFamily, ({ actor, params, body }) => askFamily(services, actor, params, body)),
    serve(listSlips, ({ actor, params }) => slips(services, actor, params)),
    serve(handOutSlips, ({ actor, params, body }) => handOut(services, actor, params, body)),
    serve(getQuietHours, ({ actor, params }) => quietHours(services, actor, params)),
    serve(setQuietHours, ({ actor, params, body }) => keepQuiet(services, actor, params, body)),
    serve(getChannels, ({ actor }) => ownChannels(messaging, actor)),
    serve(setMail, ({ actor, body }) => ownMail(messaging, actor, body)),
  ]
}

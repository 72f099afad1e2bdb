export type { Channels } from './channels/channel.ts'
export { channelsFrom } from './channels/channels-from.ts'
export type { Messaging } from './messaging.ts'
export type { MessageWish, Receiver } from './send-message.ts'
/** @public */
export { sendMessage, sendMessages } from './send-message.ts'
export { served } from './served.ts'
export { keepSending, messagesCrontab, messageTasks } from './tasks.ts'

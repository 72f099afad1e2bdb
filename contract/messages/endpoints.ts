import { z } from 'zod'
import { endpoint } from '#contract/platform'
import { kindsByHand, type MessageKindId } from './kinds.ts'

const none = z.object({})
const unit = z.object({ unitId: z.uuid() })
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间如 21:00')

/** How many wait unread: the figure on the bell. Capped at 100. */
export const countUnread = endpoint({
  name: 'messages.count-unread',
  method: 'GET',
  path: '/api/messages/unread',
  summary: '未读消息数',
  forFamilies: true,
  params: none,
  query: none,
  body: undefined,
  answer: z.object({ unread: z.number().int() }),
})

/** My messages, the newest first. */
export const listMessages = endpoint({
  name: 'messages.list',
  method: 'GET',
  path: '/api/messages',
  summary: '我的消息',
  cites: ['G16'],
  forFamilies: true,
  params: none,
  query: z.object({ after: z.uuid().optional() }),
  body: undefined,
  answer: z.object({
    messages: z.array(
      z.object({
        id: z.uuid(),
        title: z.string(),
        body: z.string(),
        /** Where in the program the matter stands. */
        link: z.string().nullable(),
        urgent: z.boolean(),
        at: z.string(),
        from: z.string().nullable(),
        read: z.boolean(),
      }),
    ),
    after: z.uuid().nullable(),
  }),
})

export const markRead = endpoint({
  name: 'messages.mark-read',
  method: 'POST',
  path: '/api/messages/read',
  summary: '消息已读',
  forFamilies: true,
  params: none,
  query: none,
  /** Without ids all of them. */
  body: z.object({ ids: z.array(z.uuid()).max(200).optional() }),
  answer: z.object({ changed: z.number().int() }),
})

/** What became of a message on its way to the receiver, in words. */
const channelState = z.object({ channel: z.string(), label: z.string(), state: z.string(), words: z.string() })

export const listSent = endpoint({
  name: 'messages.list-sent',
  method: 'GET',
  path: '/api/messages/sent',
  summary: '我发出的消息:送到没有、读了没有',
  cites: ['G16'],
  params: none,
  query: z.object({ after: z.uuid().optional(), student: z.uuid().optional() }),
  body: undefined,
  answer: z.object({
    messages: z.array(
      z.object({
        id: z.uuid(),
        title: z.string(),
        toName: z.string(),
        /** The child it is about, where it is one and I see them. */
        studentName: z.string().nullable(),
        at: z.string(),
        readAt: z.string().nullable(),
        channels: z.array(channelState),
      }),
    ),
    after: z.uuid().nullable(),
  }),
})

/** A teacher asks a child's guardians for something, in one of the fixed texts. The same id twice is sent once. */
export const writeToFamily = endpoint({
  name: 'messages.write-to-family',
  method: 'POST',
  path: '/api/schools/:schoolId/students/:studentId/messages',
  summary: '给监护人发一条消息(固定文字)',
  cites: ['T6', 'X4'],
  params: z.object({ schoolId: z.uuid(), studentId: z.uuid() }),
  query: none,
  body: z.object({
    id: z.uuid(),
    kind: z.enum(kindsByHand.map(({ kind }) => kind) as [MessageKindId, ...MessageKindId[]]),
    /** One guardian; absent: all who may be contacted. */
    contactId: z.uuid().nullable().default(null),
  }),
  answer: none,
})

/** Slips of a class for families without phone or account: neutral, to be cut and handed over folded. */
export const listSlips = endpoint({
  name: 'messages.list-slips',
  method: 'GET',
  path: '/api/units/:unitId/slips',
  summary: '待转交的纸条',
  cites: ['T6'],
  params: unit,
  query: none,
  body: undefined,
  answer: z.object({
    unitName: z.string(),
    slips: z.array(
      z.object({ id: z.uuid(), studentName: z.string(), toName: z.string(), text: z.string(), at: z.string() }),
    ),
  }),
})

export const handOutSlips = endpoint({
  name: 'messages.hand-out-slips',
  method: 'POST',
  path: '/api/units/:unitId/slips',
  summary: '纸条已转交',
  params: unit,
  query: none,
  body: z.object({ ids: z.array(z.uuid()).min(1).max(200) }),
  answer: z.object({ changed: z.number().int() }),
})

export const getQuietHours = endpoint({
  name: 'messages.get-quiet-hours',
  method: 'GET',
  path: '/api/units/:unitId/quiet-hours',
  summary: '不打扰时段',
  params: unit,
  query: none,
  body: undefined,
  answer: z.object({
    from: clock,
    until: clock,
    /** The unit whose setting holds; null for the usual hours. */
    setAt: z.string().nullable(),
    mayChange: z.boolean(),
  }),
})

export const setQuietHours = endpoint({
  name: 'messages.set-quiet-hours',
  method: 'PUT',
  path: '/api/units/:unitId/quiet-hours',
  summary: '设置不打扰时段',
  params: unit,
  query: none,
  body: z.object({ from: clock, until: clock }),
  answer: none,
})

/** By which ways this person is told of messages. */
export const getChannels = endpoint({
  name: 'messages.get-channels',
  method: 'GET',
  path: '/api/messages/channels',
  summary: '消息怎么通知我',
  forFamilies: true,
  params: none,
  query: none,
  body: undefined,
  answer: z.object({ mail: z.string().nullable(), mailWorks: z.boolean() }),
})

export const setMail = endpoint({
  name: 'messages.set-mail',
  method: 'PUT',
  path: '/api/messages/mail',
  summary: '设置收通知的邮箱',
  forFamilies: true,
  params: none,
  query: none,
  body: z.object({ mail: z.email('邮箱写法不对').max(120).nullable() }),
  answer: none,
})

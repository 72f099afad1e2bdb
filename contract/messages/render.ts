import { findLabellingWord, Refusal } from '#contract/platform'
import { findKind, type MessageKind } from './kinds.ts'

/** Values of a template by the name in braces. */
export type MessageParams = Readonly<Record<string, string>>

export interface RenderedMessage {
  readonly title: string
  readonly preview: string
  readonly body: string
}

/** Values a preview may hold: nothing that names a child or a procedure. */
export const shownOutside = ['unit', 'account', 'code'] as const
const longest = 120

const namesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')

const fill = (text: string, params: MessageParams): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '')

const unfit = (code: string, sentence: string): Refusal => new Refusal(`messages.${code}`, sentence, 'invalid')

/** Why a template may not be used: a label in it, or a preview that would tell more than it may. Undefined when fit. */
export const whyNotTemplate = ({ title, preview, body }: MessageKind): Refusal | undefined => {
  const word = findLabellingWord([title, preview, body].join('\n'))
  if (word) return unfit('label-word', `消息模板里不能出现“${word}”。`)
  if (namesIn(title).length > 0) return unfit('title-params', '消息标题是固定的文字。')
  const loose = namesIn(preview).find((name) => !(shownOutside as readonly string[]).includes(name))
  return loose ? unfit('preview-params', `消息提示里不能出现{${loose}}。`) : undefined
}

/** Why a filled title or preview may not leave the program: the words were checked in the template, the values here. [C24] */
export const whyNotShown = ({ title, preview }: Pick<RenderedMessage, 'title' | 'preview'>): Refusal | undefined => {
  const word = findLabellingWord(`${title}\n${preview}`)
  return word ? unfit('label-word', `消息里不能出现“${word}”,没有发出。`) : undefined
}

/** Why these values do not fit the kind: one is missing or too long. `given` later adds unit and teacher. */
export const whyNotParams = (kind: MessageKind, params: MessageParams): Refusal | undefined => {
  const added = ['unit', 'teacher', 'account', 'code']
  const missing = namesIn(kind.body).find((name) => !added.includes(name) && !params[name])
  if (missing) return unfit('params-missing', `消息缺少“${missing}”。`)
  const long = Object.entries(params).find(([, value]) => value.length > longest)
  return long ? unfit('params-long', `消息里的“${long[0]}”太长。`) : undefined
}

/** The texts of a message; a kind this program does not know any more says only that there is something to read. */
export const renderMessage = (kindId: string, params: MessageParams): RenderedMessage => {
  const kind = findKind(kindId)
  if (!kind)
    return { title: '一条消息', preview: '有一条消息给您,请登录同行查看。', body: '这条消息的内容已不再提供。' }
  return { title: kind.title, preview: fill(kind.preview, params), body: fill(kind.body, params) }
}

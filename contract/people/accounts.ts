import { z } from 'zod'
import { endpoint, Refusal } from '#contract/platform'
import { whyNotAppoint } from './appointing.ts'
import { notPermitted, type PostAt, whyNotPermitted } from './permissions.ts'

const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u] as const
const shortest = 8
const longEnough = 12
const longest = 200

/** What a password must be, said before it is typed. */
export const passwordRule = `至少 ${longEnough} 位;或至少 ${shortest} 位,含大写字母、小写字母、数字、符号中的三种。不能是账号名。`

const weak = (sentence: string, reason = sentence): Refusal =>
  new Refusal('people.weak-password', sentence, 'invalid', [{ field: 'newPassword', reason }])

/** Why a password may not be used for an account; undefined when it may. Length counts signs as people see them. */
export const whyNotPassword = (password: string, loginName: string): Refusal | undefined => {
  const length = [...password].length
  if (length > longest) return weak(`密码最多 ${longest} 位。`)
  if (password.trim().toLowerCase() === loginName.trim().toLowerCase()) return weak('密码不能与账号相同。')
  if (length >= longEnough) return undefined
  const met = kinds.filter((kind) => kind.test(password)).length
  return length >= shortest && met >= 3 ? undefined : weak(`密码太简单:${passwordRule}`, '太简单,请照下面的要求')
}

interface AppointmentAt {
  readonly post: string
  readonly unit: Parameters<typeof whyNotAppoint>[1]
}

/**
 * Why these posts don't allow keeping somebody's account; undefined when they do. Nobody raises himself: whoever opens a
 * new password for another could sign in as that person, so he must be one who may appoint to every post they hold. [T7 C13]
 */
export const whyNotKeepAccount = (
  keeper: { readonly personId: string; readonly posts: readonly PostAt[] },
  person: { readonly personId: string; readonly scope: string; readonly appointments: readonly AppointmentAt[] },
): Refusal | undefined => {
  if (keeper.personId === person.personId)
    return new Refusal('people.own-account', '自己的账号不能由自己办理;改密码请用“修改密码”。', 'forbidden')
  const refusal = whyNotPermitted('people.give-account', keeper.posts, person.scope)
  if (refusal) return refusal
  const free = person.appointments.every(({ post, unit }) => !whyNotAppoint(post, unit, keeper.posts))
  return free ? undefined : notPermitted()
}

const none = z.object({})
const person = z.object({ personId: z.uuid() })
const loginName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,39}$/, '账号由 2 至 40 个字母、数字、点、横线组成,以字母或数字开头')
const oneTime = z.object({ loginName: z.string(), password: z.string() })

export const getAccount = endpoint({
  name: 'people.get-account',
  method: 'GET',
  path: '/api/people/:personId/account',
  summary: '一个人的账号',
  cites: ['C13'],
  params: person,
  query: none,
  body: undefined,
  answer: z.object({
    account: z
      .object({
        loginName: z.string(),
        status: z.enum(['active', 'stopped']),
        /** The one-time password has not been replaced yet. */
        mustChange: z.boolean(),
        /** Signed in somewhere now. */
        signedIn: z.boolean(),
        /** Stopped because its person holds no post any more; the next appointment opens it. */
        resting: z.boolean(),
      })
      .nullable(),
  }),
})

/** Gives a person an account; its one-time password is told once. */
export const giveAccount = endpoint({
  name: 'people.give-account',
  method: 'POST',
  path: '/api/people/:personId/account',
  summary: '开通账号',
  cites: ['C13'],
  params: person,
  query: none,
  body: z.object({ loginName }),
  answer: oneTime,
})

export const resetPassword = endpoint({
  name: 'people.reset-password',
  method: 'POST',
  path: '/api/people/:personId/account/reset',
  summary: '重置密码',
  cites: ['C13'],
  params: person,
  query: none,
  body: none,
  answer: oneTime,
})

export const stopAccount = endpoint({
  name: 'people.stop-account',
  method: 'POST',
  path: '/api/people/:personId/account/stop',
  summary: '停用账号',
  cites: ['C13'],
  params: person,
  query: none,
  body: none,
  answer: none,
})

export const reopenAccount = endpoint({
  name: 'people.reopen-account',
  method: 'POST',
  path: '/api/people/:personId/account/reopen',
  summary: '恢复账号',
  cites: ['C13'],
  params: person,
  query: none,
  body: none,
  answer: none,
})

export const changePassword = endpoint({
  name: 'people.change-password',
  method: 'POST',
  path: '/api/me/password',
  summary: '修改自己的密码',
  cites: ['C13'],
  whileMustChange: true,
  forFamilies: true,
  params: none,
  query: none,
  body: z.object({
    oldPassword: z.string().min(1).max(longest),
    newPassword: z
      .string()
      .min(1)
      .max(longest * 4),
  }),
  answer: none,
})

import { z } from 'zod'
import { endpoint, Refusal } from '#contract/platform'

/** Secrecy domains a family sees of the own child: general (1), family and economy (2). Codes as in the fact dictionary. */
export const familyDomains = [1, 2] as const

/** Younger ones are entered by their guardians: personal data of under-14s needs the guardian's consent (PIPL 31). */
export const youngestSignIn = 14
/** Days a one-time code of a family opens the account. 平台口径 */
export const codeDays = 14

/** A contact of a child, as far as an account asks. */
export interface ContactStanding {
  readonly isGuardian: boolean
  readonly contactLimit: string
  /** False before it begins and once it ended. */
  readonly inForce: boolean
}

const refused = (code: string, sentence: string): Refusal => new Refusal(`people.${code}`, sentence)

/**
 * Why a contact gets no account, and why an account sees nothing: whoever is not guardian, has a limit of contact of any
 * kind, or is no longer in force. Undefined when nothing is in the way. [C6 G33]
 */
export const whyNotGuardian = (contact: ContactStanding): Refusal | undefined => {
  if (!contact.inForce) return refused('contact-ended', '这条家人登记已经结束,不能开通账号。')
  if (contact.contactLimit !== 'none') return refused('contact-limited', '登记了联系限制的家人不能开通账号。')
  if (!contact.isGuardian) return refused('not-guardian', '只给登记为监护人的家人开通账号。')
  return undefined
}

const fourteenYearsBefore = (today: string): string => `${Number(today.slice(0, 4)) - youngestSignIn}${today.slice(4)}`

/** Why a student gets no account of its own; undefined when old enough. Without a birth date the stage decides. */
export const whyNotOwnAccount = (
  student: { readonly birthDate: string | null; readonly stage: number },
  today: string,
): Refusal | undefined => {
  const young = student.birthDate
    ? student.birthDate > fourteenYearsBefore(today)
    : student.stage < 4 || student.stage === 7
  return young ? refused('too-young', `未满 ${youngestSignIn} 周岁的学生由监护人使用家长账号。`) : undefined
}

/** A mobile number as people type it, folded to eleven digits; undefined when it is none. */
export const mobileOf = (typed: string): string | undefined => {
  const digits = typed
    .normalize('NFKC')
    .replace(/[\s-]/g, '')
    .replace(/^(\+?86)(?=1\d{10}$)/, '')
  return /^1\d{10}$/.test(digits) ? digits : undefined
}

const none = z.object({})
const child = z.object({ schoolId: z.uuid(), studentId: z.uuid() })
const oneOfFamily = child.extend({ personId: z.uuid() })
const path = '/api/schools/:schoolId/students/:studentId/family'

/** What is told once: the code opens the account for fourteen days and is replaced at the first sign-in. */
const invited = z.object({
  name: z.string(),
  loginName: z.string(),
  /** Null when the person already signs in and the child was only added. */
  code: z.string().nullable(),
  codeUntil: z.string().nullable(),
  /** A message with the account and the code is on its way to the phone on file. */
  sent: z.boolean(),
})

/** Accounts of a child's family and who could get one. */
export const listFamilyAccounts = endpoint({
  name: 'people.list-family-accounts',
  method: 'GET',
  path,
  summary: '一名学生的家长账号和学生账号',
  cites: ['C6', 'G16'],
  params: child,
  query: none,
  body: undefined,
  answer: z.object({
    people: z.array(
      z.object({
        /** Null for the student. */
        contactId: z.uuid().nullable(),
        personId: z.uuid().nullable(),
        name: z.string(),
        relation: z.string().nullable(),
        state: z.enum(['none', 'invited', 'active', 'stopped']),
        loginName: z.string().nullable(),
        hasPhone: z.boolean(),
        /** Why there can be no account, or why this one sees nothing of the child. */
        whyNot: z.string().nullable(),
      }),
    ),
  }),
})

export const inviteFamily = endpoint({
  name: 'people.invite-family',
  method: 'POST',
  path: `${path}/invitations`,
  summary: '给监护人或学生开通账号',
  cites: ['C6', 'G16'],
  params: child,
  query: none,
  body: z.object({ contactId: z.uuid().nullable(), send: z.boolean().default(false) }),
  answer: invited,
})

export const renewFamilyCode = endpoint({
  name: 'people.renew-family-code',
  method: 'POST',
  path: `${path}/:personId/code`,
  summary: '重发一次性密码',
  cites: ['C6'],
  params: oneOfFamily,
  query: none,
  body: z.object({ send: z.boolean().default(false) }),
  answer: invited,
})

export const stopFamilyAccount = endpoint({
  name: 'people.stop-family-account',
  method: 'POST',
  path: `${path}/:personId/stop`,
  summary: '停用家长或学生账号',
  cites: ['C6'],
  params: oneOfFamily,
  query: none,
  body: none,
  answer: none,
})

export const reopenFamilyAccount = endpoint({
  name: 'people.reopen-family-account',
  method: 'POST',
  path: `${path}/:personId/reopen`,
  summary: '恢复家长或学生账号',
  cites: ['C6'],
  params: oneOfFamily,
  query: none,
  body: none,
  answer: none,
})

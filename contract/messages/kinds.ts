/**
 * The fixed texts of messages. Title and preview may stand on a lock screen, in a mail's subject or on a slip: they name
 * nobody and say nothing of aid. The body is read after signing in; it may hold the params, which are short names and
 * dates, never a reason or a finding. [C24]
 */
export interface MessageKind {
  readonly title: string
  /** With `{unit}` and, where the kind is about signing in, `{account}` and `{code}`; nothing else. */
  readonly preview: string
  readonly body: string
  /** Told also by SMS, mail, group robot or slip; otherwise it waits in the program. */
  readonly outside: boolean
  /** Never shown in the program: it is for people who are not signed in yet. */
  readonly outsideOnly?: true
  /** A teacher may send it to a family by hand. */
  readonly byHand?: string
}

const kind = (definition: MessageKind): MessageKind => definition
const signInToRead = '{unit}有一条消息给您,请登录同行查看。'

export const messageKinds = {
  // To families
  'family.invited': kind({
    title: '家校账号已开通',
    preview: '{unit}为您开通了家校账号{account},一次性密码{code},14天内有效,首次登录请改成自己的密码。',
    body: '{unit}为您开通了家校账号。',
    outside: true,
    outsideOnly: true,
  }),
  'case.received': kind({
    title: '申请已收到',
    preview: signInToRead,
    body: '您提交的“{case}”学校已经收到。办到哪一步,可以随时在“我的”里看。',
    outside: false,
  }),
  'case.moved': kind({
    title: '申请有新进展',
    preview: signInToRead,
    body: '您提交的“{case}”有新进展:{step}。',
    outside: true,
  }),
  'case.needs-you': kind({
    title: '有一项内容请您补充',
    preview: signInToRead,
    body: '您提交的“{case}”需要您补充:{step}。请在{by}前完成。',
    outside: true,
  }),
  'case.closed': kind({
    title: '申请已办结',
    preview: signInToRead,
    body: '您提交的“{case}”已经办结:{step}。',
    outside: true,
  }),
  'case.opened-for-you': kind({
    title: '学校有一项安排请您知晓',
    preview: signInToRead,
    body: '学校为您的孩子办理了“{case}”。如有不同意见,请在{by}前告诉班主任。',
    outside: true,
  }),
  'school.please-call': kind({
    title: '请与老师联系',
    preview: '{unit}的老师请您方便时回个电话。',
    body: '{teacher}老师请您方便时与他联系。',
    outside: true,
    byHand: '请回个电话',
  }),
  'school.please-come': kind({
    title: '请到学校来一趟',
    preview: '{unit}的老师请您方便时到学校来一趟。',
    body: '{teacher}老师请您方便时到学校来一趟,来之前可先打电话约时间。',
    outside: true,
    byHand: '请到学校来一趟',
  }),
  'school.please-read': kind({
    title: '请查看孩子的资料',
    preview: signInToRead,
    body: '{teacher}老师请您看一看“我的”里孩子的资料,有不对的地方请告诉老师。',
    outside: true,
    byHand: '请登录看一看孩子的资料',
  }),
  // To staff
  'work.waiting': kind({
    title: '有一件事等您办理',
    preview: '有一件事等您办理,请登录同行查看。',
    body: '“{case}”到了{step},等您办理。',
    outside: true,
  }),
  'work.copied': kind({
    title: '抄送给您',
    preview: '有一件事抄送给您,请登录同行查看。',
    body: '“{case}”抄送给您:{step}。',
    outside: false,
  }),
  'work.due-soon': kind({
    title: '有一件事快到期',
    preview: '有一件事快到期,请登录同行查看。',
    body: '“{case}”的{step}将在{by}到期。',
    outside: true,
  }),
  'work.overdue': kind({
    title: '有一件事已逾期',
    preview: '有一件事已逾期,请登录同行查看。',
    body: '“{case}”的{step}应在{by}前办完,现在已经逾期。',
    outside: true,
  }),
  'work.urgent': kind({
    title: '有一件急事请马上办理',
    preview: '有一件急事请马上登录同行办理。',
    body: '“{case}”请马上办理:{step}。',
    outside: true,
  }),
  'work.delegated': kind({
    title: '有工作请您代办',
    preview: '有工作请您代办,请登录同行查看。',
    body: '{teacher}请您在{by}前代办“{case}”。',
    outside: true,
  }),
} as const satisfies Record<string, MessageKind>

export type MessageKindId = keyof typeof messageKinds

export const messageKindIds = Object.keys(messageKinds) as readonly MessageKindId[]

/** A kind by its id; undefined for one this program does not know any more. */
export const findKind = (id: string): MessageKind | undefined =>
  Object.hasOwn(messageKinds, id) ? messageKinds[id as MessageKindId] : undefined

/** Kinds that are never shown in the program. */
export const kindsOutsideOnly = messageKindIds.filter((id) => (messageKinds[id] as MessageKind).outsideOnly)

/** Kinds a teacher sends by hand, with what the button says. */
export const kindsByHand = messageKindIds.flatMap((id) => {
  const { byHand } = messageKinds[id] as MessageKind
  return byHand ? [{ kind: id, label: byHand }] : []
})

import { type Permission, type PostAt, whyNotPermitted } from '#contract/people'
import { addDays, type PlainDate, Refusal } from '#contract/platform'

const yearsBack = 2

const refuseDay = (reason: string): Refusal =>
  new Refusal('records.act-date', reason, 'invalid', [{ field: 'actDate', reason }])

/**
 * Why an act of this day cannot be written down: it lies ahead, too far back (two years, 平台口径), or outside the
 * student's time at the school.
 */
export const whyNotOn = (
  actDate: PlainDate,
  student: { readonly enteredOn: PlainDate | null; readonly leftOn: PlainDate | null },
  today: PlainDate,
): Refusal | undefined => {
  if (actDate > today) return refuseDay('日期不能晚于今天。')
  if (actDate < addDays(today, -yearsBack * 366)) return refuseDay('日期过早,只能补录两年以内的记录。')
  if (student.enteredOn !== null && actDate < student.enteredOn) return refuseDay('日期早于学生入学的日子。')
  if (student.leftOn !== null && actDate > student.leftOn) return refuseDay('日期晚于学生离校的日子。')
  return undefined
}

/** A record as far as the questions of what may be done with it need it. */
export interface RecordStanding {
  readonly authorId: string
  readonly scope: string
  readonly superseded: boolean
  readonly withdrawn: boolean
  readonly reviewed: boolean
  readonly needsReview: boolean
}

/** Who asks: a person with the posts held. */
export interface Asking {
  readonly personId: string
  readonly posts: readonly PostAt[]
}

const over = (): Refusal => new Refusal('records.over', '这条记录已被更正或撤回,不能再办理。')

const holds = (who: Asking, permission: Permission, scope: string): boolean =>
  whyNotPermitted(permission, who.posts, scope) === undefined

/** Why this person may not correct the record: only its author, or who may withdraw records at the school. [T6] */
export const whyNotCorrect = (record: RecordStanding, who: Asking): Refusal | undefined => {
  if (record.superseded || record.withdrawn) return over()
  if (record.authorId === who.personId || holds(who, 'records.withdraw-record', record.scope)) return undefined
  return new Refusal('records.not-yours', '只有记录人本人或学校专干、校长可以更正这条记录。', 'forbidden')
}

/** Why this person may not withdraw the record. Withdrawing what is withdrawn already is asked before this. */
export const whyNotWithdraw = (record: RecordStanding, who: Asking): Refusal | undefined => {
  if (record.superseded || record.withdrawn) return over()
  if (record.authorId === who.personId || holds(who, 'records.withdraw-record', record.scope)) return undefined
  return new Refusal('records.not-yours', '只有记录人本人或学校专干、校长可以撤回这条记录。', 'forbidden')
}

/** Why this person may not review the record: nobody reviews their own. [C9 C12] */
export const whyNotReview = (record: RecordStanding, who: Asking): Refusal | undefined => {
  if (record.superseded || record.withdrawn) return over()
  if (!record.needsReview) return new Refusal('records.needs-no-review', '这种记录不需要审核。')
  if (record.authorId === who.personId)
    return new Refusal('records.own-record', '不能审核自己的记录,请由他人审核。', 'forbidden')
  return whyNotPermitted('records.review-record', who.posts, record.scope)
}

/** Why this person may not attach a file: only the author does, while the record stands. */
export const whyNotAttach = (record: RecordStanding, who: Asking): Refusal | undefined => {
  if (record.superseded || record.withdrawn) return over()
  return record.authorId === who.personId
    ? undefined
    : new Refusal('records.not-yours', '只有记录人本人可以添加附件。', 'forbidden')
}

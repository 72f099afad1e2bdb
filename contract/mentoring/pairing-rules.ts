import { isAtOrBelow, type UnitKind } from '#contract/organisations'
import { type PlainDate, Refusal } from '#contract/platform'

/** As many students as one mentor's file list can hold; packs may ask for fewer. [X5 G23] */
export const mostStudents = 60

export interface PairAttempt {
  readonly student: { readonly status: number; readonly schoolPath: string }
  readonly mentor: { readonly unitPath: string; readonly unitKind: UnitKind; readonly hasLeft: boolean }
  /** Students the mentor has now. */
  readonly students: number
  readonly alreadyPaired: boolean
  /** The mentor carries the name of someone in the child's own family. */
  readonly isRelative: boolean
  readonly from: PlainDate
  readonly today: PlainDate
}

const offices: readonly UnitKind[] = ['province', 'city', 'county', 'office']

/** Why a mentor cannot be paired with a student; undefined when they can. Staff of the school, or of the bureau. [C16 T3] */
export const whyNotPair = (attempt: PairAttempt): Refusal | undefined => {
  const { student, mentor } = attempt
  if (![1, 2].includes(student.status)) return new Refusal('mentoring.not-enrolled', '学生已离校,不能再配导师。')
  if (mentor.hasLeft) return new Refusal('mentoring.has-left', '这位教职工已离职,不能担任导师。')
  const atSchool = isAtOrBelow(mentor.unitPath, student.schoolPath)
  if (!atSchool && !offices.includes(mentor.unitKind)) {
    return new Refusal('mentoring.other-school', '导师须是本校教职工或教育局机关干部。')
  }
  if (attempt.isRelative) {
    return new Refusal('mentoring.relative', '导师与学生家庭成员同名,请另选一位;如确属重名,请由上级单位核实后登记。')
  }
  if (attempt.alreadyPaired) return new Refusal('mentoring.already-paired', '这位导师已与该生结对。')
  if (attempt.students >= mostStudents) {
    return new Refusal('mentoring.full', `这位导师已带 ${attempt.students} 名学生,每位导师最多 ${mostStudents} 名。`)
  }
  if (attempt.from > attempt.today) {
    return new Refusal('mentoring.future', '结对日期不能晚于今天。', 'invalid', [
      { field: 'fromDate', reason: '不能晚于今天' },
    ])
  }
  return undefined
}

/** Why a pairing cannot end on this day; undefined when it can. `until` is the first day it no longer holds. */
export const whyNotEndPairing = (
  pairing: { readonly fromDate: PlainDate; readonly untilDate: PlainDate | null },
  until: PlainDate,
  today: PlainDate,
): Refusal | undefined => {
  if (pairing.untilDate) return new Refusal('mentoring.already-ended', '这个结对已经结束。')
  const wrong = (reason: string): Refusal =>
    new Refusal('mentoring.wrong-end', `结束日期${reason}。`, 'invalid', [{ field: 'untilDate', reason }])
  if (until < pairing.fromDate) return wrong('早于结对日期')
  return until > today ? wrong('不能晚于今天') : undefined
}

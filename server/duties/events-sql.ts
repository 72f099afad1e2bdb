import { graceDays } from '#contract/duties'

/**
 * SQL pieces on what events made due, `e` of `event_duties`; `today` is the place of the day's parameter.
 * Whom it is for is read from the classes of the day it happened on, or joined since.
 */

/** Whether the student is one the duty is for, as far as the reader may know. */
export const isForStudent = (e: string, rule: string): string => `exists (select from class_spells k
      where k.school_id = ${e}.school_id and k.student_id = ${e}.student_id and k.rule = ${rule}
        and (k.until is null or k.until > ${e}.happened_on))`

/** Whether it should have been done by now: the last day is over, or the very hour. */
export const isPast = (e: string, today: string): string =>
  `(${e}.due_on < ${today} or (${e}.due_on = ${today} and ${e}.due_at <= clock_timestamp()))`

/** Whether it is still asked for: not settled, and not missed for good. */
export const isAsked = (e: string, today: string): string =>
  `(${e}.settled_on is null and ${e}.due_on >= ${today} - ${graceDays})`

/** By when, as people read it: the day, and the hour where hours count. */
export const dueWords = (e: string): string =>
  `to_char(coalesce(${e}.due_at at time zone 'Asia/Shanghai', ${e}.due_on::timestamp), case when ${e}.due_at is null
      then 'FMMM"月"FMDD"日"' else 'FMMM"月"FMDD"日"HH24:MI' end)`

import { z } from 'zod'
import { type AnswerOf, isPlainDate, type PlainDate, packCursor, Refusal, unpackCursor } from '#contract/platform'
import type { listToReview } from '#contract/records'
import type { Registry } from '#server/policies'
import { findKind, wayOf } from './find-kind.ts'

type Line = AnswerOf<typeof listToReview>['records'][number]

/** A record as a list reads it, before its labels are found. */
export interface LineRow {
  readonly schoolId: string
  readonly id: string
  readonly kind: number
  readonly mode: number | null
  readonly actDate: string
  readonly authorName: string
  readonly schoolPath: string
  readonly schoolName: string
  readonly studentName: string | null
  readonly className: string | null
  readonly students: number | null
}

/** Columns of a line over a record `r`, its school `u` and its first subject `f`. */
export const lineColumns = `r.school_id as "schoolId", r.id, r.kind, r.mode, r.act_date as "actDate",
  r.author_name as "authorName", u.path as "schoolPath", u.name as "schoolName", f.name as "studentName",
  f.class_name as "className", f.many as students`

/** School and first subject of a record `r`; subjects who are not theirs to see are absent. */
export const lineJoins = `join units u on u.id = r.school_id
  left join lateral (select s.name, k.name as class_name, count(*) over ()::int as many
    from record_subjects t join students s on s.school_id = t.school_id and s.id = t.student_id
      left join units k on k.id = s.class_id
    where t.school_id = r.school_id and t.record_id = r.id order by s.name_order, s.id limit 1) f on true`

const isId = (text: string): boolean => z.uuid().safeParse(text).success

/** Where a page begins: day and id of the last line shown. Refuses `platform.cursor` for anything else. */
export const pageStart = (after: string | undefined): readonly [PlainDate, string] | readonly [null, null] => {
  if (after === undefined) return [null, null]
  const [day = '', id = ''] = unpackCursor(after, 2)
  if (!isPlainDate(day) || !isId(id)) throw new Refusal('platform.cursor', '页码有误,请从第一页重新打开。', 'invalid')
  return [day, id]
}

/** Cuts one row too many off and says where the next page begins. */
export const pageOf = <Row extends LineRow>(
  rows: readonly Row[],
  limit: number,
): { page: Row[]; after: string | null } => {
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return { page, after: last ? packCursor([last.actDate, last.id]) : null }
}

/** A line with its labels, in neutral words. */
export const showLine = (registry: Registry, today: PlainDate, row: LineRow): { line: Line; needsReview: boolean } => {
  const kind = findKind(registry, row.schoolPath, today, row.kind)
  return {
    needsReview: kind?.needsReview ?? false,
    line: {
      schoolId: row.schoolId,
      id: row.id,
      kindLabel: kind?.neutralTitle ?? '记录',
      modeLabel: wayOf(kind, row.mode),
      actDate: row.actDate,
      authorName: row.authorName,
      schoolName: row.schoolName,
      studentName: row.studentName,
      className: row.className,
      students: row.students ?? 0,
    },
  }
}

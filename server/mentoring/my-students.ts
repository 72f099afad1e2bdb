import type { myStudents as declared } from '#contract/mentoring'
import type { AnswerOf, PlainDate } from '#contract/platform'
import { type Actor, type Services, sql } from '#server/platform'

type Mine = AnswerOf<typeof declared>['students'][number]

/** The next thing due for a student from the person asking. Duties are known above this capability. */
export interface NextDue {
  readonly title: string
  readonly due: PlainDate
}

/** What is due next for each of these students, by student id; who has nothing due is left out. */
export type NextDues = (
  actor: Actor,
  students: readonly { readonly schoolId: string; readonly id: string }[],
) => Promise<ReadonlyMap<string, NextDue>>

/** The signed-in mentor's own students: last contact made by the mentor, and what is due next. One statement. [C16 T3] */
export const myStudents = async (
  services: Services,
  nextDues: NextDues,
  actor: Actor,
): Promise<AnswerOf<typeof declared>> => {
  const today = services.today()
  const rows = await services.door.readAsActor<Omit<Mine, 'nextTitle' | 'nextDue'>>(
    actor,
    sql`select s.school_id as "schoolId", s.id, s.name, k.name as "className", o.name as "schoolName",
        (select max(v.act_date) from record_subjects v
          where v.school_id = s.school_id and v.student_id = s.id and v.author_id = ${actor.personId} and v.current) as "lastContact"
      from pairings m join students s on s.school_id = m.school_id and s.id = m.student_id
        join units k on k.id = s.class_id join units o on o.id = s.school_id
      where m.mentor_id = ${actor.personId} and m.from_date <= ${today}::date
        and (m.until_date is null or m.until_date > ${today}::date) and s.status in (1, 2)
      order by "lastContact" nulls first, s.name_order, s.id`,
  )
  if (rows.length === 0) return { students: [] }
  const dues = await nextDues(actor, rows)
  return {
    students: rows.map((row) => {
      const next = dues.get(row.id)
      return { ...row, nextTitle: next?.title ?? null, nextDue: next?.due ?? null }
    }),
  }
}

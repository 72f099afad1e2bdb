import { whyNotPermitted } from '#contract/people'
import { notFound } from '#contract/platform'
import { secrecyDomains } from '#contract/students'
import { type Actor, type Db, domainsOver, sql } from '#server/platform'

export interface StudentAtSchool {
  readonly id: string
  readonly scope: string
  readonly status: number
  readonly schoolPath: string
}

const protection = secrecyDomains.protection.code

/**
 * A student whose mentors this person may decide. That a child has a mentor tells of care, so it takes the post and
 * sight of the care domain. Refuses `platform.not-found`, `people.not-permitted`. [C24 G3]
 */
export const getStudentToPair = async (
  db: Db,
  me: Actor,
  operation: 'mentoring.pair' | 'mentoring.end-pairing',
  { schoolId, studentId }: { readonly schoolId: string; readonly studentId: string },
): Promise<StudentAtSchool> => {
  const student = await db.first<StudentAtSchool>(sql`
    select s.id, s.scope, s.status, o.path as "schoolPath" from students s join units o on o.id = s.school_id
    where s.school_id = ${schoolId} and s.id = ${studentId}`)
  if (!student) throw notFound()
  const refusal = whyNotPermitted(operation, me.posts, student.scope)
  if (refusal) throw refusal
  if (!domainsOver(me, student.scope, studentId).has(protection)) throw notFound()
  return student
}

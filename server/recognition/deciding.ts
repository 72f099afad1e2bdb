import type { Flow } from '#contract/flows'
import { whyNotMove } from '#contract/flows'
import { postsOver } from '#contract/people'
import { forbidden, notFound } from '#contract/platform'
import { type SecrecyDomain, secrecyDomains } from '#contract/students'
import { type Actor, type Db, domainsOver, type Events, sql } from '#server/platform'
import { lockSchools, type Registry } from '#server/policies'

/** What decisions about students run with. */
export interface Deciding {
  readonly registry: Registry
  readonly events: Events
}

export interface StudentRow {
  readonly id: string
  readonly scope: string
}

/** Path of a school. Refuses `platform.not-found`. */
export const getSchoolPath = async (db: Db, schoolId: string): Promise<string> => {
  const school = await db.first<{ path: string }>(
    sql`select path from units where id = ${schoolId} and school_id = ${schoolId}`,
  )
  if (!school) throw notFound()
  return school.path
}

/** Enrolled students this person sees, all of them. Refuses `platform.not-found` when one is missing. */
export const getStudents = async (db: Db, schoolId: string, ids: readonly string[]): Promise<StudentRow[]> => {
  const rows = await db.rows<StudentRow>(sql`select id, scope from students
    where school_id = ${schoolId} and id = any(${ids}::uuid[]) and status in (1, 2)`)
  if (rows.length < new Set(ids).size) throw notFound()
  return rows
}

/**
 * Refuses a move this person may not make for these students now: the post must stand over each, and the person must
 * see the domain the decision speaks of.
 */
export const insistOnMove = (
  me: Actor,
  flow: Flow,
  students: readonly StudentRow[],
  domain: SecrecyDomain,
  attempt: { readonly state: string; readonly move: string; readonly reason: string | null },
): void => {
  for (const { id, scope } of students) {
    const refusal = whyNotMove(flow, { ...attempt, roles: postsOver(me.posts, scope) })
    if (refusal) throw refusal
    if (!domainsOver(me, scope, id).has(secrecyDomains[domain].code)) {
      throw forbidden('recognition.not-yours-to-see', '您的岗位不了解这方面情况,不能作出决定。')
    }
  }
}

/**
 * Holds the school's figures and these students to this transaction, in that order everywhere: a record being added
 * holds the school before it looks at the student.
 */
export const holdStudents = async (db: Db, schoolId: string, ids: readonly string[]): Promise<StudentRow[]> => {
  await lockSchools(db, [schoolId])
  return db.rows<StudentRow>(sql`select id, scope from students
    where school_id = ${schoolId} and id = any(${ids}::uuid[]) order by id for no key update`)
}

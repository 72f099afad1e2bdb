import { unpackCursor } from '#contract/platform'
import { holderOf, type Plans } from '#server/duties'
import type { Services, Statement } from '#server/platform'
import type { MissingGroup, Opened } from './open-names.ts'
import { readAsOf } from './standing-as-of.ts'

/** Who was missing on a day gone by, and by which classes they belonged there. */
export interface MissingThen {
  readonly groups: readonly MissingGroup[]
  readonly classRules: readonly number[]
}

/** Finds who was missing from a coverage on the day of the scene; ids only, names are read as the person. */
export const findMissingAsOf = async (
  services: Services,
  plans: Plans,
  { scene, view }: Opened,
): Promise<MissingThen> => {
  const classRules = new Set<number>()
  const groups = await readAsOf<MissingGroup>(
    services,
    plans,
    scene,
    (coverage) => coverage.number === view.number,
    (coverages) => {
      for (const { classRule } of coverages) classRules.add(classRule)
      return `select school_id as "schoolId", scope, array_agg(student_id) as ids from student where not is_met
      group by school_id, scope order by scope`
    },
  )
  return { groups, classRules: [...classRules] }
}

/**
 * One page of those who were missing, as far as the person may see them: the student today, the class they were in that
 * day, and whose turn it was by post.
 */
export const studentsThen = (
  { scene }: Opened,
  { groups, classRules }: MissingThen,
  post: string,
  after: string | undefined,
  limit: number,
): Statement => {
  const [scope, name, id] = after ? unpackCursor(after, 3) : [null, null, null]
  const students = groups.flatMap((group) => group.ids.map((student) => ({ schoolId: group.schoolId, student })))
  return {
    text: `with missing as (
      select s.school_id, s.id as student_id, s.scope, s.name, s.name_order, s.number, s.class_id
      from unnest($1::uuid[], $2::uuid[]) m(school_id, student_id)
        join students s on s.school_id = m.school_id and s.id = m.student_id
      where exists (select from class_spells k where k.school_id = s.school_id and k.student_id = s.id
        and k.rule = any($3::int[]) and k.since <= $4::date and (k.until is null or k.until > $4::date))),
    page as (
      select * from missing m where $5::text is null or (m.scope, m.name_order, m.student_id) > ($5::text collate "C", name_order($6::text), $7::uuid)
      order by m.scope, m.name_order, m.student_id limit $8)
    select t.school_id as "schoolId", t.student_id as id, t.name, t.number, t.scope, k.name as "className", u.name as "schoolName",
      ${holderOf(post, 't', '$4::date')} as "ownerName", (select count(*)::int from missing) as total
    from page t join units k on k.id = t.class_id join units u on u.id = t.school_id
    order by t.scope, t.name_order, t.student_id`,
    values: [
      students.map(({ schoolId }) => schoolId),
      students.map(({ student }) => student),
      classRules,
      scene.on,
      scope,
      name,
      id,
      limit,
    ],
  }
}

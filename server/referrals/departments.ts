import { pathsAbove } from '#contract/organisations'
import { partnerPosts, postsOver, whyNotPermitted } from '#contract/people'
import { type AnswerOf, notFound } from '#contract/platform'
import type { listDepartments as declared } from '#contract/referrals'
import { type Actor, type Db, reachOf, type Services, sql } from '#server/platform'

type Department = AnswerOf<typeof declared>['departments'][number] & { readonly path: string }

/**
 * Where a school may hand a task to: itself, the units above, and offices of those units where partners work. Numbered in an
 * order that only grows at the end while units open. As the importer.
 */
export const readDepartments = async (db: Db, schoolId: string, today: string): Promise<Department[]> => {
  const school = await db.first<{ path: string }>(sql`select path from units where id = ${schoolId}`)
  if (!school) throw notFound()
  const own = [school.path, ...pathsAbove(school.path).reverse()]
  return db.rows<Department>(sql`
    select row_number() over (order by (d.kind = 'partner'), d.rank, d.opened, d.path)::int as number, d.name, d.kind, d.path, d.staffed
    from (
      select u.name, u.path, 'own' as kind, array_position(${own}::text[], u.path) as rank, null::timestamptz as opened,
        exists (select from appointments a left join units o on o.id = a.unit_id
          where (a.unit_id = u.id or o.parent_id = u.id and o.kind = 'office') and a.from_date <= ${today}::date
            and (a.until_date is null or a.until_date > ${today}::date)) as staffed
      from units u where u.path = any(${own}::text[]) and u.kind not in ('province', 'city')
      union all
      select o.name, o.path, 'partner', 0, min(a.from_date)::timestamptz,
        bool_or(a.from_date <= ${today}::date and (a.until_date is null or a.until_date > ${today}::date))
      from units o join units p on p.id = o.parent_id join appointments a on a.unit_id = o.id
      where o.kind = 'office' and p.path = any(${own}::text[]) and o.closed_on is null and a.post = any(${[...partnerPosts]}::text[])
      group by o.name, o.path) d
    order by 1`)
}

/** Departments and partners for the form. Refuses `people.not-permitted`, not-found. */
export const listDepartments = async (
  services: Services,
  actor: Actor,
  schoolId: string,
): Promise<AnswerOf<typeof declared>> => {
  await services.door.asActor(actor, async (db, me) => {
    const school = await db.first<{ path: string }>(sql`select path from units where id = ${schoolId}`)
    if (!school) throw notFound()
    const held = me.posts.some(({ unitPath }) => unitPath.startsWith(school.path))
    // Whoever has nothing to do with the school learns nothing of it.
    if (!held && postsOver(me.posts, school.path).length === 0 && !reachOf(me).atHome(school.path)) throw notFound()
    const refusal = held ? undefined : whyNotPermitted('students.get-student', me.posts, school.path)
    if (refusal) throw refusal
  })
  return services.door.asJob('importer', async (db) => ({
    departments: (await readDepartments(db, schoolId, services.today())).map(
      ({ path: _, ...department }) => department,
    ),
  }))
}

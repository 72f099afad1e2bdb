import { rangeOf } from '#contract/organisations'
import { type listPeople as declared, postLabel, whyNotPermittedAnywhere } from '#contract/people'
import { type AnswerOf, notFound, type QueryOf } from '#contract/platform'
import { type Actor, type Services, sql } from '#server/platform'

const pageSize = 50

type Answer = AnswerOf<typeof declared>

interface PersonRow extends Omit<Answer['people'][number], 'posts'> {
  readonly total: number
  readonly posts: readonly { post: string; unitName: string; appointmentId: string }[]
}

/**
 * People of a unit and below with their posts in force, fifty a page, by name; found by the start of the name, pinyin
 * initials or employee number, and by what they can help with. Only people within the reader's own tree exist. [T3 T11]
 */
export const listPeople = async (
  services: Services,
  actor: Actor,
  query: QueryOf<typeof declared>,
): Promise<Answer> => {
  const rows = await services.door.asActor(actor, async (db, me) => {
    const refusal = whyNotPermittedAnywhere('people.list-people', me.posts)
    if (refusal) throw refusal
    const unit = await db.first<{ path: string }>(sql`select path from units where id = ${query.unit}`)
    if (!unit) throw notFound()
    const { lo, hi } = rangeOf(unit.path)
    const search = query.search?.trim() ?? ''
    const today = services.today()
    return db.rows<PersonRow>(sql`
      with found as (
        select p.id, p.name, p.employee_number, p.home_unit_id, p.subject, p.home_town, p.skills, p.left_on,
          count(*) over ()::int as total
        from people p
        where p.scope >= ${lo} and p.scope < ${hi} and (p.left_on is not null) = ${query.left === 'yes'}
          and (${search} = '' or p.name_key ^@ ${search} or p.initials ^@ ${search.toLowerCase()} or p.employee_number ^@ ${search})
          and (${query.skill ?? null}::text is null or ${query.skill ?? null}::text = any(p.skills))
        order by name_order(p.name), p.id limit ${pageSize} offset ${(query.page - 1) * pageSize})
      select f.id, f.name, f.employee_number as "employeeNumber", u.name as "unitName", f.subject,
        f.home_town as "homeTown", f.skills, f.left_on as "leftOn", f.total,
        coalesce((select jsonb_agg(jsonb_build_object('post', a.post, 'unitName', au.name, 'appointmentId', a.id)
            order by a.from_date, a.id)
          from appointments a join units au on au.id = a.unit_id
          where a.person_id = f.id and a.from_date <= ${today}::date
            and (a.until_date is null or a.until_date > ${today}::date)), '[]') as posts,
        (select count(*)::int from pairings m where m.mentor_id = f.id and m.from_date <= ${today}::date
          and (m.until_date is null or m.until_date > ${today}::date)) as students
      from found f join units u on u.id = f.home_unit_id order by name_order(f.name), f.id`)
  })
  return {
    total: rows[0]?.total ?? 0,
    people: rows.map(({ total: _total, posts, ...person }) => ({
      ...person,
      posts: posts.map((held) => ({ ...held, label: postLabel(held.post) })),
    })),
  }
}

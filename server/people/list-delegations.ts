import { type listDelegations as declared, postLabel } from '#contract/people'
import { type AnswerOf, addDays } from '#contract/platform'
import { type Actor, type Services, sql } from '#server/platform'

type Answer = AnswerOf<typeof declared>

interface Row {
  readonly id: string
  readonly post: string
  readonly unitName: string
  readonly fromName: string
  readonly toName: string
  readonly byMe: boolean
  readonly fromDate: string
  readonly untilDate: string
}

/** What I lent and what was lent to me, from today on, with the posts I may lend and to whom. [T7] */
export const listDelegations = (services: Services, actor: Actor): Promise<Answer> =>
  services.door.asActor(actor, async (db, me) => {
    const today = services.today()
    const [mine, colleagues, rows] = await Promise.all([
      db.rows<{
        post: string
        unitId: string
        unitName: string
      }>(sql`select a.post, u.id as "unitId", u.name as "unitName"
        from appointments a join units u on u.id = a.unit_id
        where a.person_id = ${me.personId} and a.acting_for is null and a.from_date <= ${today}::date
          and (a.until_date is null or a.until_date > ${today}::date) order by a.from_date, a.id`),
      db.rows<Answer['colleagues'][number]>(sql`select p.id as "personId", p.name from people p
        where p.scope >= ${me.settings.home_lo ?? '~'} and p.scope < ${me.settings.home_hi ?? ''}
          and p.id <> ${me.personId} and p.left_on is null order by name_order(p.name), p.id limit 500`),
      db.rows<Row>(sql`select a.id, a.post, u.name as "unitName", coalesce(f.name, '') as "fromName", coalesce(t.name, '') as "toName",
          a.acting_for = ${me.personId} as "byMe", a.from_date as "fromDate", a.until_date as "untilDate"
        from appointments a join units u on u.id = a.unit_id
          left join people f on f.id = a.acting_for left join people t on t.id = a.person_id
        where a.acting_for is not null and (a.acting_for = ${me.personId} or a.person_id = ${me.personId})
          and a.until_date > ${today}::date and a.until_date > a.from_date
        order by a.from_date, a.id limit 100`),
    ])
    return {
      mine: mine.map((row) => ({ ...row, postLabel: postLabel(row.post) })),
      colleagues,
      delegations: rows.map(({ post, untilDate, ...row }) => ({
        ...row,
        postLabel: postLabel(post),
        lastDate: addDays(untilDate, -1),
      })),
    }
  })

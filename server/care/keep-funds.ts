import { uuidv7 } from 'uuidv7'
import type { listFundEntries as entriesListed, listFunds as listed, putIntoFund as put } from '#contract/care'
import { pathsAbove } from '#contract/organisations'
import { whyNotPermitted } from '#contract/people'
import { type AnswerOf, type BodyOf, notFound, type ParamsOf, Refusal } from '#contract/platform'
import { type Actor, audit, type Services, sql } from '#server/platform'
import { getKeptUnit, getUnitPath } from './kept-unit.ts'

/** Funds a unit may spend from, its own first. Refuses `people.not-permitted`. */
export const listFunds = (services: Services, actor: Actor, unitId: string): Promise<AnswerOf<typeof listed>> =>
  services.door.asActor(actor, async (db, me) => {
    const { id, path } = await getKeptUnit(db, unitId)
    const refusal = whyNotPermitted('care.see-funds', me.posts, path)
    if (refusal) throw refusal
    const funds = await services.door.asJob('importer', (job) =>
      job.rows<
        AnswerOf<typeof listed>['funds'][number]
      >(sql`select f.number, f.name, f.unit_id as "unitId", u.name as "unitName",
          f.balance_fen::float8 as "balanceFen", f.unit_id = ${id} as own
        from aid_funds f join units u on u.id = f.unit_id
        where f.unit_path = any(${[path, ...pathsAbove(path)]}::text[]) and f.closed_on is null
        order by length(f.unit_path) desc, f.number`),
    )
    return { unitId: id, mayKeep: !whyNotPermitted('care.keep-funds', me.posts, path), funds }
  })

/** What went into a fund and out of it, the latest two hundred. Refuses `people.not-permitted`, not-found. [X9] */
export const listFundEntries = async (
  services: Services,
  actor: Actor,
  { unitId, number }: ParamsOf<typeof entriesListed>,
): Promise<AnswerOf<typeof entriesListed>> => {
  await services.door.asActor(actor, async (db, me) => {
    const refusal = whyNotPermitted('care.see-funds', me.posts, await getUnitPath(db, unitId))
    if (refusal) throw refusal
  })
  return services.door.asJob('importer', async (db) => {
    const fund = await db.first<{ id: string; name: string; balanceFen: number }>(sql`select id, name,
        balance_fen::float8 as "balanceFen" from aid_funds where unit_id = ${unitId} and number = ${number} and closed_on is null`)
    if (!fund) throw notFound()
    const entries = await db.rows<AnswerOf<typeof entriesListed>['entries'][number]>(sql`select e.id, e.at,
        e.amount_fen::float8 as "amountFen", e.by_name as "byName", u.name as "schoolName", e.school_id as "schoolId",
        e.case_id as "caseId"
      from aid_fund_entries e left join units u on u.id = e.school_id
      where e.unit_id = ${unitId} and e.fund_id = ${fund.id} order by e.at desc, e.id desc limit 200`)
    return { name: fund.name, balanceFen: fund.balanceFen, entries }
  })
}

/**
 * Sets up a fund or puts money into it; the same entry twice counts once. Refuses `people.not-permitted`, `care.fund-name`
 * when the number stands for another fund.
 */
export const putIntoFund = async (
  services: Services,
  actor: Actor,
  unitId: string,
  { entryId, number, name, amountFen }: BodyOf<typeof put>,
  now: Date,
): Promise<AnswerOf<typeof put>> => {
  const { me, path } = await services.door.asActor(actor, async (db, person) => {
    const at = await getUnitPath(db, unitId)
    const refusal = whyNotPermitted('care.keep-funds', person.posts, at)
    if (refusal) throw refusal
    return { me: person, path: at }
  })
  return services.door.asJob('importer', async (db) => {
    await db.change(sql`insert into aid_funds (unit_id, id, unit_path, number, name, balance_fen, opened_by)
      values (${unitId}, ${uuidv7()}, ${path}, ${number}, ${name}, 0, ${me.personId}) on conflict (unit_id, number) do nothing`)
    const fund = await db.first<{ id: string; name: string; balance: number }>(
      sql`select id, name, balance_fen::float8 as balance from aid_funds where unit_id = ${unitId} and number = ${number} for update`,
    )
    if (!fund || fund.name !== name)
      throw new Refusal('care.fund-name', `编号 ${number} 已是“${fund?.name ?? ''}”,请换一个编号。`)
    const entered =
      await db.change(sql`insert into aid_fund_entries (unit_id, id, fund_id, amount_fen, by_person, by_name, at)
      values (${unitId}, ${entryId}, ${fund.id}, ${amountFen}, ${me.personId}, ${me.name}, ${now}) on conflict (unit_id, id) do nothing`)
    if (entered === 0) return { balanceFen: fund.balance }
    await db.change(
      sql`update aid_funds set balance_fen = balance_fen + ${amountFen} where unit_id = ${unitId} and id = ${fund.id}`,
    )
    await audit(db, {
      actorId: me.personId,
      action: 'care.put-into-fund',
      outcome: 'done',
      scope: path,
      subject: fund.id,
      detail: { amountFen },
    })
    return { balanceFen: fund.balance + amountFen }
  })
}

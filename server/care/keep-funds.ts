import { uuidv7 } from 'uuidv7'
import type { listFunds as listed, putIntoFund as put } from '#contract/care'
import { pathsAbove } from '#contract/organisations'
import { whyNotPermitted } from '#contract/people'
import { type AnswerOf, type BodyOf, notFound, Refusal } from '#contract/platform'
import { type Actor, audit, type Db, type Services, sql } from '#server/platform'

interface Unit {
  readonly path: string
}

/** Path of a unit. Refuses `platform.not-found`. */
export const getUnitPath = async (db: Db, unitId: string): Promise<string> => {
  const unit = await db.first<Unit>(sql`select path from units where id = ${unitId} and closed_on is null`)
  if (!unit) throw notFound()
  return unit.path
}

/** Funds a unit may spend from, its own first. Refuses `people.not-permitted`. */
export const listFunds = (services: Services, actor: Actor, unitId: string): Promise<AnswerOf<typeof listed>> =>
  services.door.asActor(actor, async (db, me) => {
    const path = await getUnitPath(db, unitId)
    const refusal = whyNotPermitted('care.see-funds', me.posts, path)
    if (refusal) throw refusal
    const funds = await services.door.asJob('importer', (job) =>
      job.rows<AnswerOf<typeof listed>['funds'][number]>(sql`select f.number, f.name, u.name as "unitName",
          f.balance_fen::float8 as "balanceFen", f.unit_id = ${unitId} as own
        from aid_funds f join units u on u.id = f.unit_id
        where f.unit_path = any(${[path, ...pathsAbove(path)]}::text[]) and f.closed_on is null
        order by length(f.unit_path) desc, f.number`),
    )
    return { funds }
  })

/**
 * Sets up a fund or puts money into it; the same entry twice counts once. Refuses `people.not-permitted`, `care.fund-name`
 * when the number stands for another fund.
 */
export const putIntoFund = async (
  services: Services,
  actor: Actor,
  unitId: string,
  { entryId, number, name, amountFen }: BodyOf<typeof put>,
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
      await db.change(sql`insert into aid_fund_entries (unit_id, id, fund_id, amount_fen, by_person, by_name)
      values (${unitId}, ${entryId}, ${fund.id}, ${amountFen}, ${me.personId}, ${me.name}) on conflict (unit_id, id) do nothing`)
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

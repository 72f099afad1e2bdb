import { pathsAbove } from '#contract/organisations'
import { Refusal } from '#contract/platform'
import type { Case, Doer } from '#server/flows'
import { type Db, sql } from '#server/platform'

interface Fund {
  readonly unitId: string
  readonly id: string
  readonly name: string
}

interface Spending {
  readonly id: string
  readonly case: Case
  /** Fen, above zero. */
  readonly amount: number
  /** The fund chosen; null where the school has only one. */
  readonly number: number | null
  readonly by: Doer
  readonly at: Date
}

const refuse = (code: string, sentence: string): Refusal =>
  new Refusal(`care.${code}`, sentence, 'conflict', [{ field: 'fund', reason: sentence }])

// The nearest unit on the way up that has such a fund: the school's own before the county's.
const findFund = async (db: Db, place: string, number: number | null): Promise<Fund> => {
  const funds = await db.rows<
    Fund & { path: string }
  >(sql`select unit_id as "unitId", id, name, unit_path as path from aid_funds
    where unit_path = any(${[place, ...pathsAbove(place)]}::text[]) and closed_on is null
      and (${number}::int is null or number = ${number}::int)
    order by length(unit_path) desc, number`)
  const nearest = funds.filter(({ path }) => path === funds[0]?.path)
  if (!nearest[0]) throw refuse('no-fund', number === null ? '还没有设立应急资金。' : '没有这个编号的资金。')
  if (nearest.length > 1) throw refuse('which-fund', '有不止一项资金,请填写资金编号。')
  return nearest[0]
}

/**
 * Takes money out of a fund for a decision, with its entry. Two at once cannot spend the same money. As the importer.
 * Refuses `care.no-fund`, `care.which-fund`, `care.fund-short`.
 */
export const spend = async (db: Db, { id, case: standing, amount, number, by, at }: Spending): Promise<Fund> => {
  const fund = await findFund(db, standing.place, number)
  const taken = await db.change(sql`update aid_funds set balance_fen = balance_fen - ${amount}
    where unit_id = ${fund.unitId} and id = ${fund.id} and balance_fen >= ${amount}`)
  if (taken === 0) throw refuse('fund-short', `“${fund.name}”余额不足,请减少金额或换一项资金。`)
  await db.change(sql`insert into aid_fund_entries (unit_id, id, fund_id, amount_fen, school_id, case_id, by_person, by_name, at)
    values (${fund.unitId}, ${id}, ${fund.id}, ${-amount}, ${standing.schoolId}, ${standing.id}, ${by.personId}, ${by.name}, ${at})`)
  return fund
}

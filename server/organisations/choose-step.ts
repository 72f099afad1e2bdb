import { randomInt } from 'node:crypto'
import { type Db, sql } from '#server/platform'

const signs = '0123456789abcdefghijklmnopqrstuvwxyz'
const length = 5

const draw = (): string => Array.from({ length }, () => signs[randomInt(signs.length)]).join('')

// A step once used is never given to another unit: `done_in` of old records still speaks of it.
const isUsed = (db: Db, path: string): Promise<object | undefined> =>
  db.first(sql`select 1 as used from units where path = ${path}
    union all select 1 from unit_history where path = ${path} limit 1`)

/** The path of a new unit below another: a short step that no unit there has or had. `wish` is taken when it is free. */
export const choosePath = async (db: Db, parentPath: string, wish?: string): Promise<string> => {
  for (let step = wish ?? draw(); ; step = draw()) {
    const path = `${parentPath}${step}.`
    if (!(await isUsed(db, path))) return path
  }
}

/** The last step of a path. */
export const stepOf = (path: string): string => path.split('.').at(-2) ?? ''

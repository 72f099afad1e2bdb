import { Refusal } from '#contract/platform'
import { secrecyDomains } from '#contract/students'
import type { Db } from '#server/platform'
import type { Importing, ImportRow, Statement } from '../importing.ts'
import { writeList } from './write-list.ts'
import { writeVisits } from './write-visits.ts'

/** Writes the matched rows of the work table: visits into the ledger, everything else as facts. Answers the schools touched. */
export const writeMatched = async (
  importing: Importing,
  db: Db,
  row: ImportRow,
  statement: Statement,
  whose: 'all' | 'decided',
): Promise<readonly string[]> => {
  if (statement.kind !== 'home-visits') return writeList(db, row, statement, whose)
  const { records } = importing.registry.inForce(row.scope, importing.services.today()).rules
  const visit = records.find(({ id }) => id === 'home-visit')
  if (!visit) throw new Refusal('imports.no-visits-here', '本单位还没有启用含有家访的政策,不能导入家访记录。')
  return writeVisits(db, row, {
    kind: visit.number,
    secrecy: secrecyDomains[visit.domain].code,
    open: visit.openToFamily,
  })
}

import { schoolYearOf } from '#contract/platform'
import type { MappedColumn } from './mapping.ts'
import { faultAt, headingOf, type RowDraft } from './row-draft.ts'
import type { KindAndLevel } from './values/codes.ts'
import { readMonth } from './values/dates.ts'
import { type DisabilityCertificate, describeIdentity } from './values/identity.ts'
import type { ValueFault } from './values/result.ts'
import { type ClassName, type Cohort, type Grade, gradeOfCohort } from './values/school.ts'
import { trimmed } from './values/text.ts'

/** What one cell of a row says of another. */

const otherCertificate: ValueFault = {
  code: 'id-number.other-certificate',
  reason: '残疾证号里的身份证号与这一行的身份证件号不是同一人，看不出是谁的残疾，请核实',
}

/** A certificate number carries identity number, kind and level. */
function completeCertificate({ values, faults, row }: RowDraft, columns: readonly MappedColumn[]): void {
  const certificate = values.disability_number as DisabilityCertificate | undefined
  if (certificate && typeof values.id_number === 'string' && values.id_number !== certificate.idNumber) {
    const written = row.cells[columns.find(({ field }) => field === 'disability_number')?.column ?? -1] ?? ''
    faults.push(faultAt(row.row, headingOf(columns, 'disability_number'), trimmed(written), otherCertificate, 'row'))
  } else if (certificate) {
    values.id_number ??= certificate.idNumber
    values.disability_kind ??= certificate.kind
    values.disability_level ??= certificate.level
  }
  const both = values.disability_kind_level as KindAndLevel | undefined
  if (both) {
    values.disability_kind ??= both.kind
    values.disability_level ??= both.level
  }
}

/** A birth of which only the month is written is no fault where the identity number says the same month, and its day. */
function acceptMonthOfBirth(columns: readonly MappedColumn[], draft: RowDraft): void {
  const { values, faults } = draft
  if (faults.length === 0 || typeof values.id_number !== 'string') return
  const heading = headingOf(columns, 'birth_date')
  const at = faults.findIndex((fault) => fault.code === 'date.month-only' && fault.column === heading)
  const fault = faults[at]
  if (!fault) return
  const month = readMonth(fault.value)
  const said = describeIdentity(values.id_number).birthDate
  if (month && 'value' in month && month.value.slice(0, 7) === said.slice(0, 7)) faults.splice(at, 1)
}

const gone = (written: string): ValueFault => ({
  code: 'code.unknown',
  reason: `年级“${written}”在这份名单的学年还没有入学或已经毕业，请核对`,
})

const isCohort = (grade: Grade | Cohort | undefined): grade is Cohort => grade !== undefined && 'cohort' in grade

/** A class that is no more than a number, of those who entered in a year: 1班 of 2023级 is 2023级1班. */
const classOf = (named: ClassName, { cohort }: Cohort): ClassName =>
  named.number === undefined || named.cohort !== undefined || named.grade !== undefined
    ? named
    : { label: `${cohort}级${named.number}班`, number: named.number, cohort }

/** 2023级 where a grade is asked is a year of entry: the grade follows from the school year the list speaks of. */
function completeCohort(
  { values, faults, row }: RowDraft,
  columns: readonly MappedColumn[],
  on: string | undefined,
): void {
  const said = values.grade as Grade | Cohort | undefined
  if (!isCohort(said)) return
  delete values.grade
  const named = values.class_name as ClassName | undefined
  if (named) values.class_name = classOf(named, said)
  if (on === undefined) return
  const grade = gradeOfCohort(said, schoolYearOf(on))
  if (!grade) {
    const column = columns.find(({ field }) => field === 'grade')
    const written = trimmed(row.cells[column?.column ?? -1] ?? '')
    faults.push(faultAt(row.row, headingOf(columns, 'grade'), written, gone(written), 'cell'))
    return
  }
  values.grade = grade
}

/** Completes a row by what its cells say of each other; `on` is the day the list speaks of. */
export function completeValues(draft: RowDraft, columns: readonly MappedColumn[], on: string | undefined): void {
  completeCertificate(draft, columns)
  acceptMonthOfBirth(columns, draft)
  completeCohort(draft, columns, on)
}

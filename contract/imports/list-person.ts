import type { ListPerson } from './compare-people.ts'
import type { RowReading } from './read-row.ts'
import { type ClassName, classWord, type Grade } from './values/school.ts'

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** A class with its grade before it, where the row says one and the class is no more than a number: 八年级2班. */
const fullClassOf = ({ class_name, grade, stage }: RowReading['values']): string | undefined => {
  const named = class_name as ClassName | undefined
  const own = named?.grade ?? (grade as Grade | undefined)
  if (!named || !own) return named?.label
  const known = own.stage ?? (typeof stage === 'number' ? stage : undefined)
  return classWord(known === undefined ? { year: own.year } : { year: own.year, stage: known }, named.label)
}

/** The person a row of a list speaks of, as matching compares people. Undefined when the row has no name. */
export function listPersonOf(reading: RowReading): ListPerson | undefined {
  const { values } = reading
  const name = text(values.name)
  if (name === undefined) return undefined
  const elders = [values.household_head, values.guardian1_name, values.guardian2_name].filter(
    (v) => typeof v === 'string',
  )
  return {
    name,
    idNumber: text(values.id_number),
    studentNumber: text(values.student_number),
    birthDate: text(values.birth_date),
    sex: values.sex === 1 || values.sex === 2 ? values.sex : undefined,
    elders,
    township: text(values.township) ?? text(values.address),
    schoolName: text(values.school_name),
    className: fullClassOf(values),
  }
}

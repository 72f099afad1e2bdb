import type { ClassName, Grade, RowValues } from '#contract/imports'

/** A school and class as a list names them. */
export interface NamedPlace {
  readonly schoolName: string | null
  readonly schoolCode: string | null
  readonly classLabel: string | null
  /** Year of entry the class name carries. */
  readonly cohort: number | null
  readonly stage: number | null
  readonly grade: number | null
}

/** Where a place stands among those named: its school among the schools, its class among the school's, as they came. */
export interface PlaceOrder {
  readonly school: number
  readonly group: number
}

/** Places of a list, numbered as they come, so that a hundred thousand rows name a few thousand places once. */
export interface PlaceBook {
  readonly numberOf: (values: RowValues) => number
  readonly orderOf: (number: number) => PlaceOrder
  readonly all: () => readonly NamedPlace[]
}

const mostPlaces = 50_000
const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** The grade and stage a row speaks of: its own columns first, then what the class name says. */
export const standingOf = (values: RowValues): { stage: number | null; grade: number | null } => {
  const grade = values.grade as Grade | undefined
  const className = (values.class_name ?? values.class_in_charge) as ClassName | undefined
  const stage = typeof values.stage === 'number' ? values.stage : (grade?.stage ?? className?.grade?.stage ?? null)
  return { stage, grade: grade?.year ?? className?.grade?.year ?? null }
}

/** Opens an empty book. */
export const openPlaceBook = (): PlaceBook => {
  const numbers = new Map<string, number>()
  const places: NamedPlace[] = []
  const orders: PlaceOrder[] = []
  const schools = new Map<string, { readonly at: number; groups: number }>()
  const place = (key: string): PlaceOrder => {
    const school = schools.get(key) ?? { at: schools.size, groups: 0 }
    schools.set(key, school)
    return { school: school.at, group: school.groups++ }
  }
  return {
    numberOf: (values) => {
      const className = (values.class_name ?? values.class_in_charge) as ClassName | undefined
      const { stage, grade } = standingOf(values)
      const schoolName = textOr(values.school_name)
      const schoolCode = textOr(values.school_code)
      const classLabel = className?.label ?? null
      const key = `${schoolCode}\n${schoolName}\n${classLabel}\n${stage}\n${grade}`
      const known = numbers.get(key)
      if (known !== undefined) return known
      if (places.length >= mostPlaces) throw new Error('too many schools and classes in one list')
      numbers.set(key, places.length)
      orders.push(place(`${schoolCode}\n${schoolName}`))
      places.push({ schoolName, schoolCode, classLabel, cohort: className?.cohort ?? null, stage, grade })
      return places.length - 1
    },
    orderOf: (number) => orders[number] ?? { school: 0, group: 0 },
    all: () => places,
  }
}

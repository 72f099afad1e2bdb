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

/** A school as named, with the numbers of its classes: by label, then by stage and grade. */
interface NamedSchool {
  readonly at: number
  groups: number
  readonly classes: Map<string | null, Map<number, number>>
}

const within = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value => {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

// stages and grades count from 1
const standingKey = (stage: number | null, grade: number | null): number => (stage ?? 0) * 100 + (grade ?? 0)

/** Opens an empty book. Every row looks its place up: by one name after the other, no key is put together for it. */
export const openPlaceBook = (): PlaceBook => {
  const places: NamedPlace[] = []
  const orders: PlaceOrder[] = []
  const byCode = new Map<string | null, Map<string | null, NamedSchool>>()
  let schools = 0
  const newSchool = (): NamedSchool => ({ at: schools++, groups: 0, classes: new Map() })
  return {
    numberOf: (values) => {
      const className = (values.class_name ?? values.class_in_charge) as ClassName | undefined
      const { stage, grade } = standingOf(values)
      const schoolName = textOr(values.school_name)
      const schoolCode = textOr(values.school_code)
      const classLabel = className?.label ?? null
      const byName = within(byCode, schoolCode, () => new Map<string | null, NamedSchool>())
      const school = within(byName, schoolName, newSchool)
      const byStanding = within(school.classes, classLabel, () => new Map<number, number>())
      const key = standingKey(stage, grade)
      const known = byStanding.get(key)
      if (known !== undefined) return known
      if (places.length >= mostPlaces) throw new Error('too many schools and classes in one list')
      byStanding.set(key, places.length)
      orders.push({ school: school.at, group: school.groups++ })
      places.push({ schoolName, schoolCode, classLabel, cohort: className?.cohort ?? null, stage, grade })
      return places.length - 1
    },
    orderOf: (number) => orders[number] ?? { school: 0, group: 0 },
    all: () => places,
  }
}

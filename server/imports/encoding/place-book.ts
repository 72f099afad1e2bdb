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

/** Places of a list, numbered as they come, so that a hundred thousand rows name a few thousand places once. */
export interface PlaceBook {
  readonly numberOf: (values: RowValues) => number
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
      places.push({ schoolName, schoolCode, classLabel, cohort: className?.cohort ?? null, stage, grade })
      return places.length - 1
    },
    all: () => places,
  }
}

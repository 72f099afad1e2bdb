import { type ClassName, readClassName } from './values/school.ts'
import { nameKey } from './values/text.ts'

/** What a person on another department's list and a student have in common. */

export interface ListPerson {
  readonly name: string
  readonly idNumber?: string | undefined
  readonly studentNumber?: string | undefined
  readonly birthDate?: string | undefined
  readonly sex?: 1 | 2 | undefined
  /** Head of household and guardians the list names; any of them may be a guardian on our side. */
  readonly elders?: readonly string[] | undefined
  readonly township?: string | undefined
  readonly schoolName?: string | undefined
  readonly className?: string | undefined
}

export interface Candidate {
  readonly name: string
  readonly idNumber?: string | undefined
  readonly studentNumber?: string | undefined
  readonly birthDate?: string | undefined
  readonly sex?: 1 | 2 | undefined
  readonly guardians: readonly string[]
  readonly township?: string | undefined
  readonly schoolName?: string | undefined
  readonly className?: string | undefined
}

/** 临湖县石桥镇 and 石桥镇 are one place; a county alone says nothing. */
function townAgrees(listed: string, ours: string): boolean | undefined {
  const a = nameKey(listed)
  const b = nameKey(ours)
  if (a === b) return true
  if (/[县区市]$/.test(a) || /[县区市]$/.test(b)) return undefined
  return a.endsWith(b) || b.endsWith(a) || (b.length >= 3 && a.includes(b)) || (a.length >= 3 && b.includes(a))
}

const classOf = (words: string): ClassName | undefined => {
  const read = readClassName(words)
  return read && 'value' in read ? read.value : undefined
}

const numberOf = (words: string, read: ClassName | undefined): number =>
  read?.number ?? Number(/(\d{1,2})班$/.exec(words)?.[1])

/**
 * 2班 on a list may be 2025级2班 of ours or of another year: that says nothing; another number says no. 初二(2)班 and 八年级2班 are
 * one class; where one of them does not say its stage, another year of it says nothing.
 */
function classAgrees(listed: string, ours: string): boolean | undefined {
  const a = nameKey(listed)
  const b = nameKey(ours)
  if (a === b) return true
  const [one, other] = [classOf(a), classOf(b)]
  if (one?.grade && other?.grade && one.number !== undefined && one.number === other.number) {
    const same = one.grade.year === other.grade.year
    if (one.grade.stage === other.grade.stage) return same
    return one.grade.stage === undefined || other.grade.stage === undefined ? undefined : false
  }
  const bare = /^\d{1,2}班$/
  if (!bare.test(a) && !bare.test(b)) return false
  return numberOf(a, one) === numberOf(b, other) ? undefined : false
}

const birthOf = (idNumber: string | undefined): string | undefined =>
  idNumber && `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`

/** Part by part: the same, different, or undefined where one side says nothing. */
export interface Comparison {
  readonly birth: boolean | undefined
  readonly elder: boolean | undefined
  readonly town: boolean | undefined
  readonly school: boolean | undefined
  readonly className: boolean | undefined
  readonly sex: boolean | undefined
}

/** Compares one part; undefined where one side does not say it. */
export const compared = <T>(a: T | undefined, b: T | undefined, same: (a: T, b: T) => boolean | undefined) =>
  a === undefined || b === undefined || a === '' || b === '' ? undefined : same(a, b)

/** Compares everything but name and numbers. */
export function compare(person: ListPerson, candidate: Candidate): Comparison {
  const guardians = candidate.guardians.map(nameKey)
  const elders = (person.elders ?? []).filter((name) => name !== '' && nameKey(name) !== nameKey(person.name))
  return {
    birth: compared(
      person.birthDate ?? birthOf(person.idNumber),
      candidate.birthDate ?? birthOf(candidate.idNumber),
      (a, b) => a === b,
    ),
    elder:
      elders.length === 0 || guardians.length === 0
        ? undefined
        : elders.some((name) => guardians.includes(nameKey(name))),
    town: compared(person.township, candidate.township, townAgrees),
    school: compared(person.schoolName, candidate.schoolName, (a, b) => nameKey(a) === nameKey(b)),
    className: compared(person.className, candidate.className, classAgrees),
    sex: compared(person.sex, candidate.sex, (a, b) => a === b),
  }
}

import { type Candidate, type Comparison, compare, compared, type ListPerson } from './compare-people.ts'
import { nameKey } from './values/text.ts'

export type { Candidate, ListPerson } from './compare-people.ts'

/** Matching the people of another department's list to students: by number, else by name with what else agrees. */

export type Verdict = 'sure' | 'doubtful' | 'no'

export interface MatchScore {
  /** 0 to 100. */
  readonly score: number
  readonly verdict: Verdict
  /** Why, in Chinese, strongest first. */
  readonly reasons: readonly string[]
}

const no = (reason: string): MatchScore => ({ score: 0, verdict: 'no', reasons: [reason] })

const points = { birth: 35, elder: 25, town: 15, school: 15, className: 10, sex: 0 } as const
const agreeing = {
  birth: '出生日期相同',
  elder: '户主或监护人相同',
  town: '乡镇相同',
  school: '学校相同',
  className: '班级相同',
  sex: '',
} as const
const differing = {
  birth: '出生日期不同',
  elder: '户主不是登记的监护人',
  town: '乡镇不同',
  school: '学校不同',
  className: '班级不同',
  sex: '性别不同',
} as const
const comparable = ['birth', 'elder', 'town', 'school', 'className', 'sex'] as const

/** Everything agrees that a name needs beside it: birth date with one more, or head and town, or school and class. */
function isEnough(c: Comparison): boolean {
  if (comparable.some((part) => c[part] === false)) return false
  if (c.birth) return Boolean(c.elder || c.town || c.school)
  return Boolean((c.elder && (c.town || c.school)) || (c.school && c.className))
}

function byName(person: ListPerson, candidate: Candidate): MatchScore {
  const c = compare(person, candidate)
  const agree = comparable.filter((part) => c[part] === true)
  const differ = comparable.filter((part) => c[part] === false)
  const reasons = ['姓名相同', ...agree.map((part) => agreeing[part]), ...differ.map((part) => differing[part])].filter(
    Boolean,
  )
  const score = Math.max(0, Math.min(95, 40 + agree.reduce((sum, part) => sum + points[part], 0) - differ.length * 20))
  if (c.birth === false || c.sex === false) return { score: 0, verdict: 'no', reasons }
  if (isEnough(c)) return { score: Math.max(score, 80), verdict: 'sure', reasons }
  const contradicted = differ.length > 0 && agree.length === 0
  return contradicted
    ? { score: 0, verdict: 'no', reasons }
    : { score: Math.min(score, 79), verdict: 'doubtful', reasons }
}

const otherName = (person: ListPerson, candidate: Candidate) =>
  `姓名不同:名单是“${person.name}”,学籍是“${candidate.name}”`

/**
 * How surely a listed person is this student.
 * Same identity number and name: sure; same number, other name: doubtful, for a person to look at. Two different valid
 * numbers: not the same person, whatever the name. Without numbers on both sides the name must be equal, and it takes
 * birth date with one more thing, or household head (a guardian on our side) with town, or school with class, to be sure.
 */
export function scoreMatch(person: ListPerson, candidate: Candidate): MatchScore {
  const sameName = nameKey(person.name) === nameKey(candidate.name)
  if (person.idNumber && candidate.idNumber) {
    if (person.idNumber !== candidate.idNumber) return no('身份证号不同')
    if (sameName) return { score: 100, verdict: 'sure', reasons: ['身份证号相同', '姓名相同'] }
    return { score: 70, verdict: 'doubtful', reasons: ['身份证号相同', otherName(person, candidate)] }
  }
  const sameSchool = compared(person.schoolName, candidate.schoolName, (a, b) => nameKey(a) === nameKey(b))
  if (person.studentNumber && person.studentNumber === candidate.studentNumber && sameSchool !== false) {
    if (sameName) return { score: 98, verdict: 'sure', reasons: ['学号相同', '姓名相同'] }
    return { score: 60, verdict: 'doubtful', reasons: ['学号相同', otherName(person, candidate)] }
  }
  if (!sameName) return no('姓名不同')
  const result = byName(person, candidate)
  const otherNumber = sameSchool && person.studentNumber && candidate.studentNumber
  if (!otherNumber || result.verdict === 'no') return result
  return { score: Math.min(result.score, 50), verdict: 'doubtful', reasons: [...result.reasons, '学号不同'] }
}

export interface Match<C extends Candidate> extends MatchScore {
  readonly candidate: C
}

const highestDoubtful = 79

/**
 * The best of the candidates found for a listed person (by number and by `nameKey`), best first, without the impossible.
 * `sure` only when exactly one candidate is: two who fit equally well are both doubtful.
 */
export function matchPerson<C extends Candidate>(
  person: ListPerson,
  candidates: readonly C[],
): { readonly verdict: Verdict; readonly matches: readonly Match<C>[] } {
  const matches = candidates
    .map((candidate) => ({ candidate, ...scoreMatch(person, candidate) }))
    .filter((match) => match.verdict !== 'no')
    .sort((a, b) => b.score - a.score)
  const sure = matches.filter((match) => match.verdict === 'sure')
  if (sure.length === 1) return { verdict: 'sure', matches }
  if (matches.length === 0) return { verdict: 'no', matches }
  const lowered = matches.map((match) =>
    match.verdict === 'sure'
      ? {
          ...match,
          verdict: 'doubtful' as const,
          score: Math.min(match.score, highestDoubtful),
          reasons: [...match.reasons, '不止一人符合'],
        }
      : match,
  )
  return { verdict: 'doubtful', matches: lowered }
}

import { isAtOrBelow, pathsAbove, rangeOf } from '#contract/organisations'
import { Refusal } from '#contract/platform'
import { type HeldPost, maskOf } from '#server/platform'
import { mostRanges, type Place, type SettledPlaces, settlePlaces } from './settle-places.ts'
import type { Sight } from './sight.ts'

/** An appointment in force, with what its post sees. `actsAt` is the path it acts over: an office acts over its unit. */
export interface PostInForce {
  readonly post: string
  readonly unitId: string
  readonly unitName: string
  readonly unitKind: string
  readonly actsAt: string
  readonly schoolPath: string | null
  readonly sight: Sight
  /** Whose post it is, while it is lent. */
  readonly lentBy?: { readonly id: string; readonly name: string } | null
}

/** A student someone is mentor of, with what mentors see at that school. */
export interface PairInForce {
  readonly studentId: string
  readonly schoolId: string
  readonly schoolPath: string
  readonly schoolName: string
  readonly sight: Sight
}

export interface PersonInForce {
  readonly personId: string
  readonly name: string
  /** Path of the school or unit the person belongs to. */
  readonly homePath: string
  readonly posts: readonly PostInForce[]
  readonly pairs: readonly PairInForce[]
  /** Students the person must never see, whatever the posts. */
  readonly barred: readonly string[]
}

export interface ActorSettings {
  readonly settings: Readonly<Record<string, string>>
  readonly posts: readonly HeldPost[]
}

const longestList = 60
const keeps: readonly string[] = ['administrator', 'county-aid-officer', 'principal', 'school-aid-officer']
const audits: readonly string[] = ['auditor', 'administrator']

/**
 * Values of the app.* settings for one person: the heart of what anybody sees. Only what differs from the defaults is
 * named; whoever holds nothing sees nothing. `classesOf` lists the paths of open classes below a path.
 * Refuses `people.too-many-places`, `people.too-many-students` and `people.too-many-bars`, because row policies carry two ranges and lists of 60.
 */
export const settingsOf = (person: PersonInForce, classesOf: (path: string) => readonly string[]): ActorSettings => {
  const seen = person.posts.flatMap(placeOf)
  const settled = settlePlaces(seen, classesOf)
  if (!settled) throw tooManyPlaces(person.name)
  if (person.pairs.length > longestList) throw tooManyStudents(person.name)
  if (person.barred.length > longestList) throw tooManyBars(person.name)
  const settings = {
    ...rangesOf(settled),
    ...pairsOf(person.pairs),
    ...listed('barred', unique(person.barred)),
    ...listed('above', aboveOf(person.posts)),
    ...bounded('home', homeOf(person)),
    ...bounded('keep', widest(person.posts, keeps)),
    ...bounded('audit', widest(person.posts, audits)),
  }
  return { settings, posts: [...person.posts.map(heldPost), ...mentorPosts(person)] }
}

const placeOf = ({ actsAt, unitKind, schoolPath, sight }: PostInForce): Place[] => {
  const at = (path: string): Place[] => [
    { path, kinds: sight.domains, isClass: unitKind === 'class' && path === actsAt },
  ]
  if (sight.domains.length === 0) return []
  if (sight.over === 'unit') return at(actsAt)
  if (sight.over === 'school') return at(schoolPath ?? actsAt)
  // A teacher appointed at a school without a class has no class: the whole school would be too much.
  if (sight.over === 'class' && schoolPath !== null && schoolPath !== actsAt) return at(actsAt)
  return []
}

// Policies read ranges faster than lists: the one or two classes of most teachers stand in free ranges as well.
const rangesOf = ({ ranges: settled, classes, classKinds }: SettledPlaces): Record<string, string> => {
  const settings: Record<string, string> = {}
  const ranges = [...settled, ...classes.map((path) => ({ path, kinds: classKinds }))].slice(0, mostRanges)
  ranges.forEach(({ path, kinds }, index) => {
    const { lo, hi } = rangeOf(path)
    settings[`lo${index + 1}`] = lo
    settings[`hi${index + 1}`] = hi
    settings[`kinds${index + 1}`] = maskOf(kinds)
  })
  return {
    ...settings,
    ...(classes.length > 0 ? { ...listed('classes', classes), class_kinds: maskOf(classKinds) } : {}),
  }
}

// One list of kinds serves all paired students: where schools differ, only what every school opens is opened.
const pairsOf = (pairs: readonly PairInForce[]): Record<string, string> => {
  const [first, ...rest] = pairs
  if (!first) return {}
  const kinds = rest.reduce(
    (common, { sight }) => common.filter((kind) => sight.domains.includes(kind)),
    [...first.sight.domains],
  )
  return {
    ...listed('students', unique(pairs.map(({ studentId }) => studentId))),
    list_kinds: maskOf(kinds),
    ...listed('list_schools', unique(pairs.map(({ schoolPath }) => schoolPath))),
  }
}

const aboveOf = (posts: readonly PostInForce[]): string[] => unique(posts.flatMap(({ actsAt }) => pathsAbove(actsAt)))

const homeOf = ({ homePath, posts }: PersonInForce): string | undefined => {
  const homes = posts.map(({ schoolPath, actsAt }) => schoolPath ?? actsAt)
  return homes.find((path) => path === homePath) ?? homes[0] ?? (homePath || undefined)
}

const widest = (posts: readonly PostInForce[], among: readonly string[]): string | undefined =>
  posts
    .filter(({ post }) => among.includes(post))
    .map(({ actsAt, schoolPath }) => (schoolPath !== null && isAtOrBelow(actsAt, schoolPath) ? schoolPath : actsAt))
    .sort((one, other) => one.length - other.length)[0]

const heldPost = ({ post, unitId, actsAt, unitName, sight, lentBy }: PostInForce): HeldPost => ({
  post,
  unitId,
  unitPath: actsAt,
  unitName,
  sees: sight.domains,
  ...(lentBy ? { onBehalfOf: lentBy } : {}),
})

// Being paired makes a mentor, appointed or not: the post stands at the students' school.
const mentorPosts = ({ posts, pairs }: PersonInForce): HeldPost[] => {
  const schools = new Map(pairs.map((pair) => [pair.schoolPath, pair]))
  for (const { post, actsAt } of posts) if (post === 'mentor') schools.delete(actsAt)
  return [...schools.values()].map(({ schoolId, schoolPath, schoolName, sight }) => ({
    post: 'mentor',
    unitId: schoolId,
    unitPath: schoolPath,
    unitName: schoolName,
    sees: sight.domains,
  }))
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)]

const arrayText = (values: readonly (string | number)[]): string => `{${values.join(',')}}`

const listed = (name: string, values: readonly (string | number)[]): Record<string, string> =>
  values.length > 0 ? { [name]: arrayText(values) } : {}

const bounded = (name: string, path: string | undefined): Record<string, string> => {
  if (!path) return {}
  const { lo, hi } = rangeOf(path)
  return { [`${name}_lo`]: lo, [`${name}_hi`]: hi }
}

const tooManyPlaces = (name: string): Refusal =>
  new Refusal(
    'people.too-many-places',
    `${name}的岗位分散在太多单位,系统无法同时开放。请改为任命上一级单位的岗位,或先免去不再担任的岗位。`,
  )

const tooManyStudents = (name: string): Refusal =>
  new Refusal('people.too-many-students', `${name}结对的学生已超过 ${longestList} 名,请先结束一部分结对。`)

const tooManyBars = (name: string): Refusal =>
  new Refusal('people.too-many-bars', `${name}需要回避的学生(含同一家庭)已超过 ${longestList} 名,请调整岗位。`)

import { type UnitKind, unitKinds } from '#contract/organisations'
import { Refusal } from '#contract/platform'
import { notPermitted, type PostAt, postsOver } from './permissions.ts'
import { isPost, type PostId, posts } from './posts.ts'

const office: readonly UnitKind[] = ['province', 'city', 'county', 'office']
const schools = (Object.keys(unitKinds) as UnitKind[]).filter((kind) => unitKinds[kind].school)
const school: readonly UnitKind[] = schools
const schoolOrCollege: readonly UnitKind[] = [...schools, 'college']
const studentGroups: readonly UnitKind[] = ['class', 'grade', 'major', 'college']
const anywhereInSchool: readonly UnitKind[] = [...schools, ...studentGroups]

interface PostRule {
  /** Kinds of unit where the post exists. */
  readonly at: readonly UnitKind[]
  /** Who may appoint to it, over the same unit. */
  readonly by: readonly PostId[]
  /** A vacancy at these units is shown. */
  readonly expectedAt: readonly UnitKind[]
}

const keepers = ['administrator', 'county-aid-officer', 'principal', 'school-aid-officer'] as const
const above = ['administrator', 'county-aid-officer'] as const

/** Where each post exists, who appoints to it, and where its vacancy is shown as 无人负责. Nobody raises himself. */
const postRules: Readonly<Record<PostId, PostRule>> = {
  'county-aid-officer': { at: office, by: ['administrator'], expectedAt: ['county'] },
  'county-cadre': { at: office, by: above, expectedAt: [] },
  'county-leader': { at: office, by: ['administrator'], expectedAt: ['county'] },
  'county-psychology-officer': { at: office, by: above, expectedAt: ['county'] },
  'school-aid-officer': { at: schoolOrCollege, by: ['principal', ...above], expectedAt: school },
  principal: { at: school, by: above, expectedAt: school },
  'leader-in-charge': { at: schoolOrCollege, by: ['principal', ...above], expectedAt: [] },
  'class-teacher': { at: anywhereInSchool, by: keepers, expectedAt: ['class'] },
  counsellor: { at: anywhereInSchool, by: keepers, expectedAt: ['college'] },
  mentor: { at: [...anywhereInSchool, ...office], by: keepers, expectedAt: [] },
  'psychology-teacher': { at: school, by: keepers, expectedAt: school },
  'careers-teacher': {
    at: schoolOrCollege,
    by: keepers,
    expectedAt: ['vocational', 'five-year-college', 'university'],
  },
  teacher: { at: anywhereInSchool, by: keepers, expectedAt: [] },
  'partner-officer': { at: ['office'], by: above, expectedAt: [] },
  'community-worker': { at: ['office'], by: above, expectedAt: [] },
  auditor: { at: office, by: ['administrator'], expectedAt: [] },
  administrator: { at: [...office, ...schools], by: ['administrator'], expectedAt: [] },
}

/** The posts whose vacancy shows at a kind of unit, in the order of the table. */
export const postsExpectedAt = (kind: UnitKind): PostId[] =>
  (Object.keys(postRules) as PostId[]).filter((post) => postRules[post].expectedAt.includes(kind))

/** The posts that exist at a kind of unit. */
export const postsAt = (kind: UnitKind): PostId[] =>
  (Object.keys(postRules) as PostId[]).filter((post) => postRules[post].at.includes(kind))

/** Whether a post stands only above schools, so that whoever holds it sees several of them. */
export const isOfficePost = (post: string): boolean =>
  isPost(post) && postRules[post].at.every((kind) => office.includes(kind))

/** Why the posts held don't allow appointing to this post at this unit, or ending it there; undefined when they do. [T7] */
export const whyNotAppoint = (
  post: string,
  unit: { readonly kind: UnitKind; readonly path: string },
  heldPosts: readonly PostAt[],
): Refusal | undefined => {
  if (!isPost(post)) return new Refusal('people.unknown-post', '没有这个岗位。', 'invalid')
  const { at, by } = postRules[post]
  if (!at.includes(unit.kind)) {
    const sentence = `${unitKinds[unit.kind].label}不设“${posts[post]}”岗位。`
    return new Refusal('people.post-not-here', sentence, 'invalid', [{ field: 'post', reason: sentence }])
  }
  return postsOver(heldPosts, unit.path).some((held) => (by as readonly string[]).includes(held))
    ? undefined
    : notPermitted()
}

const chain: readonly PostId[] = ['school-aid-officer', 'principal', 'county-aid-officer']

/** To whom a duty passes, in order, while its post is vacant, where the duty itself does not say. [T7] */
export const fallbackOf = (post: PostId): PostId[] => chain.slice(chain.indexOf(post) + 1)

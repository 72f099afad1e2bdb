import { isAtOrBelow } from '#contract/organisations'
import { forbidden, type Refusal } from '#contract/platform'
import { type PostId, partnerPosts } from './posts.ts'

const countyOffice = ['county-aid-officer', 'county-leader'] as const
const keepers = ['county-aid-officer', 'principal', 'school-aid-officer', 'administrator'] as const
/** Offices that may hand in packs and decide which hold below them. */
const policyOffice = ['county-aid-officer', 'county-leader', 'administrator'] as const
const schoolLeaders = ['school-aid-officer', 'principal', 'leader-in-charge'] as const
const deciders = ['school-aid-officer', 'principal'] as const
const carers = ['class-teacher', 'counsellor', 'mentor', 'psychology-teacher', 'careers-teacher', 'teacher'] as const
const psychologists = ['psychology-teacher', 'county-psychology-officer'] as const
const withStudents = [
  ...countyOffice,
  'county-cadre',
  'county-psychology-officer',
  ...schoolLeaders,
  ...carers,
] as const satisfies readonly PostId[]
const everyone = [...withStudents, 'auditor', 'administrator'] as const satisfies readonly PostId[]
const importers = [...deciders, 'county-aid-officer', 'leader-in-charge', ...psychologists] as const

/**
 * Which posts may do what: one table for server and screens. A permission says that a post may try; which rows exist
 * for the person is decided by row policies, and what the packs narrow (who imports psychology, who opens a guarded list)
 * is asked there. [T7 C13]
 */
export const permissions = {
  'organisations.list-units': everyone,
  'organisations.get-unit': everyone,
  'organisations.open-unit': keepers,
  'organisations.change-unit': keepers,
  'organisations.establish-body': keepers,
  'people.list-people': [...countyOffice, 'county-psychology-officer', ...schoolLeaders, ...carers, 'administrator'],
  'people.appoint': keepers,
  'people.end-appointment': keepers,
  'people.give-account': keepers,
  'people.list-audit': ['auditor', 'administrator'],
  'people.invite-family': [...deciders, 'county-aid-officer', 'class-teacher', 'counsellor'],
  'students.list-students': withStudents,
  'students.get-student': withStudents,
  'students.reveal': [...deciders, 'county-aid-officer', 'class-teacher', 'counsellor'],
  'students.bar-staff': [...deciders, 'county-aid-officer'],
  'students.set-contact': [...deciders, 'class-teacher', 'counsellor'],
  'messages.write-to-family': [...schoolLeaders, 'class-teacher', 'counsellor', 'mentor'],
  'messages.hand-out-slips': [...schoolLeaders, 'class-teacher', 'counsellor'],
  'messages.set-quiet-hours': keepers,
  'policies.list-rules-in-force': everyone,
  'policies.upload-pack': policyOffice,
  'policies.adopt-pack': policyOffice,
  'policies.preview-adoption': policyOffice,
  'policies.keep-calendar': keepers,
  'policies.list-unknown': withStudents,
  'records.add-record': withStudents,
  'records.get-record': withStudents,
  'records.attach-file': withStudents,
  'records.review-record': schoolLeaders,
  'records.withdraw-record': deciders,
  'flows.list-box': [...withStudents, ...partnerPosts],
  'recognition.list-candidates': [...schoolLeaders, 'county-aid-officer'],
  'recognition.recognise': [...schoolLeaders, 'county-aid-officer'],
  'recognition.adjust': schoolLeaders,
  'recognition.open-round': [...deciders, 'county-aid-officer'],
  'recognition.get-progress': [...schoolLeaders, ...countyOffice, 'class-teacher', 'counsellor'],
  'recognition.decide-key-listing': schoolLeaders,
  'care.see-funds': [...schoolLeaders, ...countyOffice],
  'care.keep-funds': ['principal', 'leader-in-charge', ...countyOffice],
  'care.see-roster': withStudents,
  'care.list-filings': [...schoolLeaders, ...countyOffice],
  'care.open-screening': [...schoolLeaders, 'county-aid-officer'],
  'care.pair-community': schoolLeaders,
  'care.keep-roster': keepers,
  'mentoring.pair': [...schoolLeaders, 'county-aid-officer'],
  'mentoring.end-pairing': [...schoolLeaders, 'county-aid-officer'],
  'mentoring.my-students': withStudents,
  'duties.get-desk': withStudents,
  'duties.list-due': withStudents,
  'counts.get-coverage': withStudents,
  'counts.list-missing': withStudents,
  'counts.export': [...countyOffice, ...schoolLeaders],
  'counts.freeze': [...countyOffice, ...schoolLeaders],
  'imports.list': importers,
  'imports.upload': importers,
  'imports.commit': importers,
  'imports.decide-match': importers,
} as const satisfies Record<string, readonly PostId[]>

export type Permission = keyof typeof permissions

/** A post held at a unit, as far as permissions ask. */
export interface PostAt {
  readonly post: string
  readonly unitPath: string
}

const allows = (permission: Permission, post: string): boolean =>
  (permissions[permission] as readonly string[]).includes(post)

/** The sentence of a refusal for want of a post. */
export const notPermitted = (): Refusal => forbidden('people.not-permitted', '这件事不由您的岗位办理。')

/** Whether a post held at the unit or above allows this. Where only yes or no is asked: a refusal carries its stack. */
export const isPermitted = (permission: Permission, heldPosts: readonly PostAt[], unitPath: string): boolean =>
  postsOver(heldPosts, unitPath).some((post) => allows(permission, post))

/** Why none of the posts held allows this at the unit; undefined when one does. The post is held there or above. */
export const whyNotPermitted = (
  permission: Permission,
  heldPosts: readonly PostAt[],
  unitPath: string,
): Refusal | undefined => (isPermitted(permission, heldPosts, unitPath) ? undefined : notPermitted())

/** Why none of the posts held allows this anywhere; for reading, where row policies choose the rows. */
export const whyNotPermittedAnywhere = (permission: Permission, heldPosts: readonly PostAt[]): Refusal | undefined =>
  heldPosts.some(({ post }) => allows(permission, post)) ? undefined : notPermitted()

/** The posts a person holds over a unit: at it or above. */
export const postsOver = (heldPosts: readonly PostAt[], unitPath: string): string[] =>
  heldPosts.filter((held) => isAtOrBelow(unitPath, held.unitPath)).map(({ post }) => post)

/** Everything the posts held allow somewhere: what screens show. */
export const permissionsOf = (heldPosts: readonly PostAt[]): Permission[] =>
  (Object.keys(permissions) as Permission[]).filter((permission) => !whyNotPermittedAnywhere(permission, heldPosts))

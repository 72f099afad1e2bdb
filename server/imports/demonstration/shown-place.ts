import type { UnitKind } from '#contract/organisations'
import type { PostId } from '#contract/people'

/** A class of a place: where it stands below its school, and whom it teaches. */
export interface ShownClass {
  readonly name: string
  /** As a roster writes it: 小学, 本科. */
  readonly stage: string
  readonly grade: string
  /** College and major above it, in a university. */
  readonly above?: readonly { readonly kind: Extract<UnitKind, 'college' | 'major'>; readonly name: string }[]
}

export interface ShownPlaceSchool {
  readonly name: string
  readonly kind: Extract<UnitKind, 'primary' | 'junior' | 'university' | 'five-year-college'>
  readonly classes: readonly ShownClass[]
}

/** Something done at a place: by whom, for the how-manieth of those cared for (all of a class when absent), days ago. */
export interface ShownAct {
  readonly record: string
  readonly by: PostId
  readonly whom?: number
  readonly daysAgo: number
  readonly mode?: number
  readonly fields: Readonly<Record<string, string | number | number[]>>
}

/** Something asked for at a place and waiting there: which procedure, by whom, for the how-manieth of those cared for. */
export interface ShownRequest {
  readonly flow: string
  readonly move: string
  readonly by: PostId
  readonly whom: number
  readonly content: Readonly<Record<string, string | number>>
}

/** A unit that shows one pack working: an invented place, people and all. */
export interface ShownPlace {
  readonly issuer: string
  readonly loginName: string
  readonly officer: string
  readonly post: Extract<PostId, 'county-aid-officer' | 'school-aid-officer'>
  readonly province: { readonly name: string; readonly code: string; readonly packs: readonly string[] }
  readonly city?: { readonly name: string; readonly code: string; readonly packs: readonly string[] }
  readonly county?: { readonly name: string; readonly code: string; readonly packs: readonly string[] }
  readonly schools: readonly ShownPlaceSchool[]
  /** Days on which lists of students who did not come are handed in too. */
  readonly absences: boolean
  /** Its pack confirms a level only after a visit. */
  readonly visitFirst?: true
  /** How many of those cared for have a mentor already. */
  readonly mentored: number
  readonly acts: readonly ShownAct[]
  readonly requests: readonly ShownRequest[]
}

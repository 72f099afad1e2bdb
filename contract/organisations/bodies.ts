import type { UnitKind } from './unit-kinds.ts'

export const bodyKinds = {
  'support-centre': '学生发展支持中心',
  'leadership-group': '领导小组',
} as const
export type BodyKind = keyof typeof bodyKinds

/** What a support centre must have before its unit counts as covered. [C1] */
export const centreParts = { place: '固定场所', director: '负责人', member: '工作人员' } as const
export type CentrePart = keyof typeof centreParts

export interface BodyAsStands {
  readonly kind: BodyKind
  readonly place: string | null
  readonly members: readonly { readonly role: 'head' | 'deputy' | 'member' }[]
}

/** The parts a body has. */
export const partsOf = ({ place, members }: BodyAsStands): CentrePart[] => [
  ...(place?.trim() ? (['place'] as const) : []),
  ...(members.some(({ role }) => role === 'head') ? (['director'] as const) : []),
  ...(members.some(({ role }) => role !== 'head') ? (['member'] as const) : []),
]

/** What a body lacks, in words. A leadership group needs people but no room of its own. [C1 C21] */
export const whatBodyLacks = (body: BodyAsStands, needs: readonly CentrePart[]): string[] => {
  const has = partsOf(body)
  const asked = body.kind === 'support-centre' ? needs : needs.filter((part) => part !== 'place')
  return asked.filter((part) => !has.includes(part)).map((part) => centreParts[part])
}

/** Which of the units that packs name (`county`, `school`, `college`) a kind of unit is, if any. */
export const centreUnitOf = (kind: UnitKind, isSchool: boolean): 'county' | 'school' | 'college' | undefined => {
  if (isSchool) return 'school'
  return kind === 'county' || kind === 'college' ? kind : undefined
}

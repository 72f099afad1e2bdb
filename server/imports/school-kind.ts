import type { UnitKind } from '#contract/organisations'

// Leading digits of the 10-digit school code name its category.
const byCode: Readonly<Record<string, UnitKind>> = {
  11: 'kindergarten',
  21: 'primary',
  31: 'junior',
  32: 'junior',
  34: 'senior',
  36: 'vocational',
  37: 'special',
  41: 'university',
  51: 'special',
}

const byName: readonly (readonly [RegExp, UnitKind])[] = [
  [/教学点/, 'teaching-point'],
  [/幼儿园|幼稚园/, 'kindergarten'],
  [/特殊教育|特教|培智|聋哑|启智/, 'special'],
  [/九年一贯|九年制/, 'nine-year'],
  [/完全中学|完中/, 'complete'],
  [/职业|中专|中等专业|技工|职教/, 'vocational'],
  [/初级中学|初中/, 'junior'],
  [/高级中学|高中/, 'senior'],
  [/小学/, 'primary'],
]

const byStage: Readonly<Record<number, UnitKind>> = {
  1: 'kindergarten',
  2: 'primary',
  3: 'junior',
  4: 'senior',
  5: 'vocational',
  6: 'five-year-college',
  7: 'special',
  8: 'university',
}

/** Stage taught at a kind of school when its rows do not say; a school of several stages has none. */
export const stageOfKind: Partial<Record<UnitKind, number>> = {
  kindergarten: 1,
  primary: 2,
  'teaching-point': 2,
  junior: 3,
  senior: 4,
  vocational: 5,
  'five-year-college': 6,
  special: 7,
  university: 8,
}

/** What kind of school a list speaks of: 教学点 by its name, else by the code's category, else by name and stage. */
export const schoolKindOf = (name: string, code: string | null, stage: number | null): UnitKind => {
  if (/教学点/.test(name)) return 'teaching-point'
  const coded = code && /^\d{10}$/.test(code) ? byCode[code.slice(0, 2)] : undefined
  if (coded) return coded
  const named = byName.find(([pattern]) => pattern.test(name))?.[1]
  return named ?? (stage === null ? undefined : byStage[stage]) ?? 'primary'
}

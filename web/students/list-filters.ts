/** The choices of the list of students, as kept in its address and in saved filters. What is typed in the search is not kept. */
export interface ListFilters {
  readonly unit?: string
  readonly unitName?: string
  readonly rule?: number
  readonly mine?: boolean
  /** Absent: those at school. */
  readonly standing?: Standing
}

export type Standing = 'on-leave' | 'left'

export const standingWords: Readonly<Record<Standing, string>> = { 'on-leave': '休学', left: '已离校' }

const isStanding = (word: string | undefined): word is Standing => word === 'on-leave' || word === 'left'

export interface SavedFilter {
  readonly name: string
  readonly filters: ListFilters
}

/** Reads the choices from the members of an address; anything odd is left out. */
export const filtersFrom = (members: Readonly<Record<string, string | undefined>>): ListFilters => ({
  ...(members.unit ? { unit: members.unit, unitName: members.unitName ?? '所选单位' } : {}),
  ...(members.rule && /^\d{1,9}$/.test(members.rule) ? { rule: Number(members.rule) } : {}),
  ...(members.mine === 'yes' ? { mine: true } : {}),
  ...(isStanding(members.standing) ? { standing: members.standing } : {}),
})

/** The members of an address for these choices; absent choices are taken off. */
export const membersOf = (
  filters: ListFilters,
): Record<'unit' | 'unitName' | 'rule' | 'mine' | 'standing', string | undefined> => ({
  unit: filters.unit,
  unitName: filters.unitName,
  rule: filters.rule === undefined ? undefined : String(filters.rule),
  mine: filters.mine ? 'yes' : undefined,
  standing: filters.standing,
})

/** A filter saved under a name; the same name is overwritten, and the twenty newest are kept. */
export const withSaved = (saved: readonly SavedFilter[], added: SavedFilter): SavedFilter[] =>
  [added, ...saved.filter(({ name }) => name !== added.name)].slice(0, 20)

const keyFor = (personId: string): string => `tongxing.student-filters.${personId}`

export const readSaved = (personId: string): SavedFilter[] => {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyFor(personId)) ?? '[]')
    return Array.isArray(stored) ? (stored as SavedFilter[]).filter((one) => typeof one?.name === 'string') : []
  } catch {
    return []
  }
}

export const keepSaved = (personId: string, saved: readonly SavedFilter[]): void =>
  localStorage.setItem(keyFor(personId), JSON.stringify(saved))

/** The choices with one taken off; a unit takes its name along. */
export const without = (filters: ListFilters, name: 'unit' | 'rule' | 'mine' | 'standing'): ListFilters => {
  const { [name]: _taken, ...rest } = filters
  if (name !== 'unit') return rest
  const { unitName: _name, ...others } = rest
  return others
}

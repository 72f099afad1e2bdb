import type { Permission } from './permissions.ts'

/** Which permission opens which place of the shell, in the order of the menu. */
const openedBy = {
  desk: 'duties.get-desk',
  students: 'students.list-students',
  visits: 'records.add-record',
  flows: 'flows.list-box',
  counts: 'counts.get-coverage',
  policies: 'policies.list-rules-in-force',
  imports: 'imports.list',
  units: 'organisations.list-units',
  audit: 'people.list-audit',
} as const satisfies Record<string, Permission>

export type Place = keyof typeof openedBy

/** The places a person finds in the menu. */
export const placesOf = (held: readonly Permission[]): Place[] =>
  (Object.keys(openedBy) as Place[]).filter((place) => held.includes(openedBy[place]))

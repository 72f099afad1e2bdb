/** What somebody is to a child by kinship, not by a post. */
export type Relation = 'guardian' | 'student'

/** A signed-in person as far as relations ask: the values of the app.* settings. */
export interface WithSettings {
  readonly settings: Readonly<Record<string, string>>
}

/** What kind of family account this is; undefined for staff. */
export const familyOf = ({ settings }: WithSettings): Relation | undefined =>
  settings.family === 'guardian' || settings.family === 'student' ? settings.family : undefined

const listed = (setting: string | undefined): readonly string[] => (setting ?? '').replace(/[{}"]/g, '').split(',')

/**
 * What a person is to a student by kinship: 'guardian' of an own child, 'student' of itself, undefined for everybody
 * else. Whoever has a bar or a limit of contact is nothing to the child. Roles of flows ask this beside posts. [G4 C6]
 */
export const relationsOver = (actor: WithSettings, studentId: string): Relation | undefined => {
  const relation = familyOf(actor)
  if (!relation || listed(actor.settings.barred).includes(studentId)) return undefined
  return listed(actor.settings.students).includes(studentId) ? relation : undefined
}

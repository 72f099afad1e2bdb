import { type Flow, stateOf } from '#contract/flows'
import { postsOver } from '#contract/people'
import { desksOf, panelSeatsOf } from './desks.ts'
import type { RelationsOver } from './engine.ts'
import type { Case, Doer } from './procedure.ts'

/** The standing of a case that roles depend on. */
export type Placed = Pick<
  Case,
  'place' | 'state' | 'studentId' | 'applicantId' | 'openedBy' | 'assigned' | 'desks' | 'excluded'
> & { readonly panelId?: string | null }

// A vacant post passed the case to another desk: whoever sits there stands in for the posts the table names. [T7]
const standingIn = (flow: Flow, doer: Doer, standing: Placed): readonly string[] => {
  const asked = stateOf(flow, standing.state)?.desk ?? []
  const mine = desksOf(doer)
  return standing.desks.some((desk) => mine.includes(desk)) ? asked : []
}

// Nobody judges the own child: kin of the student are no members for this case, whatever panel they sit on. [C19]
const panelRoles = (doer: Doer, { panelId }: Placed, kin: readonly string[]): readonly string[] => {
  if (!panelId || kin.length > 0) return []
  const { panels, chairs } = panelSeatsOf(doer)
  if (!panels.includes(panelId)) return []
  return chairs.includes(panelId) ? ['panel-member', 'panel-chair'] : ['panel-member']
}

/** Everything a person is to a case: posts over its place, relations, and the post they stand in for. Nothing, when shut out. */
export const rolesOver = (
  flow: Flow,
  doer: Doer,
  standing: Placed,
  relationsOver: RelationsOver,
): readonly string[] => {
  if (standing.excluded.includes(doer.personId)) return []
  const applicant = standing.applicantId ?? standing.openedBy
  const kin = standing.studentId === null ? [] : relationsOver(doer, standing.studentId)
  return [
    ...new Set([
      ...postsOver(doer.posts, standing.place),
      ...standingIn(flow, doer, standing),
      ...(applicant === doer.personId || standing.openedBy === doer.personId ? ['applicant'] : []),
      ...(standing.assigned.includes(doer.personId) ? ['assigned'] : []),
      ...kin,
      ...panelRoles(doer, standing, kin),
    ]),
  ]
}

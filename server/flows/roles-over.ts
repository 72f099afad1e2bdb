import { type Flow, relations, stateOf } from '#contract/flows'
import { postsOver } from '#contract/people'
import { desksOf, panelSeatsOf, postOfDesk } from './desks.ts'
import type { RelationsOver } from './engine.ts'
import type { Case, Doer } from './procedure.ts'

/** The standing of a case that roles depend on. */
export type Placed = Pick<
  Case,
  'place' | 'state' | 'studentId' | 'applicantId' | 'openedBy' | 'assigned' | 'desks' | 'excluded'
> & { readonly panelId?: string | null }

// A vacant post passed the case on: whoever sits at the desk it came to stands in for the posts named before their own,
// for all of them when their own is not named; never for one named after it, and for nobody's relation to the case. [T7]
const standingIn = (flow: Flow, doer: Doer, standing: Placed): readonly string[] => {
  const asked: readonly string[] = (stateOf(flow, standing.state)?.desk ?? []).filter((role) => !isRelation(role))
  const mine = desksOf(doer).filter((desk) => standing.desks.includes(desk))
  return mine.flatMap((desk) => {
    const own = asked.indexOf(postOfDesk(desk))
    return own < 0 ? asked : asked.slice(0, own + 1)
  })
}

const isRelation = (role: string): boolean => relations.some((relation) => relation === role)

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
  const isWriter = applicant === doer.personId || standing.openedBy === doer.personId
  if (stateOf(flow, standing.state)?.own && !isWriter) return []
  const kin = standing.studentId === null ? [] : relationsOver(doer, standing.studentId)
  return [
    ...new Set([
      ...postsOver(doer.posts, standing.place),
      ...standingIn(flow, doer, standing),
      ...(isWriter ? ['applicant'] : []),
      ...(standing.assigned.includes(doer.personId) ? ['assigned'] : []),
      ...kin,
      ...panelRoles(doer, standing, kin),
    ]),
  ]
}

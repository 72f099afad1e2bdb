import { type listOpenable as declared, draftMove } from '#contract/flows'
import { familyDomains } from '#contract/people'
import type { AnswerOf, QueryOf } from '#contract/platform'
import { secrecyDomains } from '#contract/students'
import { type Actor, sql } from '#server/platform'
import { asParticipant } from './desks.ts'
import type { Engine } from './engine.ts'
import { fieldsAsked } from './fields-asked.ts'
import { movesOffered } from './moves-offered.ts'
import { rolesOver } from './roles-over.ts'

/** Whether families see what is kept in a domain. */
export const isOfFamily = (secrecy: number): boolean => familyDomains.some((code) => code === secrecy)

/** Procedures this person may open: for a student when one is named, else where their posts are. */
export const listOpenable = (
  engine: Engine,
  actor: Actor,
  { schoolId, studentId }: QueryOf<typeof declared>,
): Promise<AnswerOf<typeof declared>> =>
  asParticipant(engine.services.door, actor, async (db, me) => {
    const student = studentId
      ? await db.first<{ scope: string }>(
          sql`select scope from students where school_id = ${schoolId ?? null} and id = ${studentId}`,
        )
      : undefined
    if (studentId && !student) return { flows: [] }
    const places = student ? [student.scope] : [...new Set(me.posts.map(({ unitPath }) => unitPath))]
    const flows = engine.procedures
      .filter(({ about }) => (studentId ? about !== 'none' : about !== 'student'))
      .flatMap((procedure) => {
        const offered = places.flatMap((place) => {
          const { flow } = engine.ruledAt(procedure, place)
          const standing = {
            place,
            state: 'none',
            studentId: studentId ?? null,
            applicantId: null,
            openedBy: '',
            assigned: [],
            desks: [],
            excluded: [],
          }
          const roles = [...rolesOver(flow, me, standing, engine.relationsOver), ...(studentId ? [] : ['applicant'])]
          return movesOffered(flow, { state: 'none', roles, met: flow.moves.flatMap(({ needs = [] }) => [...needs]) })
        })
        const moves = [...new Map(offered.map((move) => [move.id, move])).values()].filter(({ id }) => id !== draftMove)
        // A form that is kept page by page begins as a draft; sending it comes later.
        const begins = offered.some(({ id }) => id === draftMove)
        if (moves.length === 0 && !begins) return []
        const { flow, about } = procedure
        return [
          {
            id: flow.id,
            // A request stands under its neutral name before a family. [G3]
            label: me.settings.family ? flow.neutralLabel : flow.label,
            aboutStudent: about === 'student',
            neverPublished: flow.publication === 'never',
            familySees: flow.seenBy !== 'desk' && isOfFamily(secrecyDomains[flow.domain].code),
            form: fieldsAsked(flow.form),
            moves,
          },
        ]
      })
    return { flows }
  })

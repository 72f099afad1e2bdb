import { type saveContent as declared, draftMove, whyNotMove } from '#contract/flows'
import { type AnswerOf, type BodyOf, notFound, type ParamsOf, Refusal } from '#contract/platform'
import type { Actor } from '#server/platform'
import { checkDraft, writeContent } from './content.ts'
import { asParticipant } from './desks.ts'
import type { Engine } from './engine.ts'
import { findCases, holdCases } from './find-case.ts'
import { rolesOver } from './roles-over.ts'

/**
 * Keeps what is filled in so far; nothing moves and no step is written. Only who may make the flow's `save` move in this
 * state. Refuses `flows.not-your-post`, `flows.out-of-order`, `flows.changed-meanwhile`, `flows.content`, not-found.
 */
export const saveContent = async (
  engine: Engine,
  actor: Actor,
  { schoolId, caseId }: ParamsOf<typeof declared>,
  { content, version }: BodyOf<typeof declared>,
): Promise<AnswerOf<typeof declared>> => {
  const me = await asParticipant(engine.services.door, actor, async (db, person) => {
    const [seen] = await findCases(db, schoolId, [caseId])
    if (!seen) throw notFound()
    return person
  })
  return engine.services.door.asJob('importer', async (db) => {
    const [standing] = await holdCases(db, schoolId, [caseId])
    if (!standing) throw notFound()
    const { flow } = engine.ruledAt(engine.procedureOf(standing.flow), standing.place)
    const roles = rolesOver(flow, me, standing, engine.relationsOver)
    const refusal = whyNotMove(flow, {
      state: standing.state,
      move: draftMove,
      roles,
      reason: null,
      seen: version,
      version: standing.version,
    })
    if (refusal?.code === 'flows.no-such-move') throw new Refusal('flows.no-draft', '这种事项不能存草稿。', 'invalid')
    if (refusal) throw refusal
    checkDraft(flow.form ?? [], content)
    const at = engine.now()
    await writeContent(db, engine.services.secrets, { schoolId, caseId }, content, at)
    return { savedAt: at.toISOString() }
  })
}

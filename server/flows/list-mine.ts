import { type listMyCases as declared, stateOf } from '#contract/flows'
import type { AnswerOf } from '#contract/platform'
import { type Actor, sql } from '#server/platform'
import { asParticipant } from './desks.ts'
import type { Engine } from './engine.ts'

interface Row {
  readonly schoolId: string
  readonly caseId: string
  readonly flow: string
  readonly state: string
  readonly studentName: string | null
  readonly openedAt: string
  readonly dueAt: string | null
}

/** What a person asked for, newest first, and where each stands in plain words. At most two hundred. */
export const listMine = (engine: Engine, actor: Actor): Promise<AnswerOf<typeof declared>> =>
  asParticipant(engine.services.door, actor, async (db, me) => {
    const rows =
      await db.rows<Row>(sql`select c.school_id as "schoolId", c.id as "caseId", c.flow, c.state, s.name as "studentName",
        c.opened_at as "openedAt", c.due_at as "dueAt"
      from flow_cases c left join students s on s.school_id = c.school_id and s.id = c.student_id
      where c.opened_by = ${me.personId} or c.applicant_id = ${me.personId}
      order by c.opened_at desc, c.id limit 200`)
    return {
      cases: rows.flatMap(({ flow: id, state, ...row }) => {
        const known = engine.procedures.find(({ flow }) => flow.id === id)
        if (!known) return []
        const at = stateOf(known.flow, state)
        return [{ ...row, title: known.flow.neutralLabel, told: at?.told ?? '', final: at?.final === true }]
      }),
    }
  })

import type { Flow } from '#contract/flows'
import { type BodyOf, Refusal } from '#contract/platform'
import { announcedLines, type object as declared, findRoundRule, objectionFlow } from '#contract/recognition'
import { type Engine, type Made, openCaseFor, type Procedure } from '#server/flows'
import { type Actor, type Db, sql } from '#server/platform'
import { findAnnounced, insistBelongs } from './announcement.ts'

// Whoever worked on the decision does not answer for it, nor the student's own kin on the staff. [C19 Z9]
const involved = (db: Db, schoolId: string, caseId: string): Promise<{ id: string }[]> =>
  db.rows<{ id: string }>(sql`select distinct p.id from people p
    where p.id in (select actor_id from flow_steps where school_id = ${schoolId} and case_id = ${caseId}
        union select m.person_id from flow_panel_cases j join flow_panel_members m on m.panel_id = j.panel_id
          where j.school_id = ${schoolId} and j.case_id = ${caseId})
      or p.name_key in (select k.name_key from flow_cases c join student_contacts k on k.school_id = c.school_id and k.student_id = c.student_id
          where c.school_id = ${schoolId} and c.id = ${caseId})`)

const outcome = async (_db: Db, made: Made) => ({
  payload: { ...made.case.payload, upheld: made.fields.upheld === true },
})

/** Objections as a procedure: to the desk of somebody who had no part in the decision. */
export const objectionProcedure: Procedure = {
  flow: objectionFlow as Flow,
  about: 'none',
  rule: findRoundRule,
  begin: async (db, { schoolId, content, at }) => {
    const about = (await findAnnounced(db, schoolId, at)).find(({ line }) => line === content.line)
    if (!about) throw new Refusal('recognition.not-announced', '公示已经结束或没有这一条。')
    const people = await involved(db, schoolId, about.caseId)
    // Whoever answers reads whom it is about; the code of the line says nothing.
    const announced = announcedLines([about])[0]
    return {
      payload: { about: about.caseId, name: about.name, class: about.className, level: announced?.level ?? null },
      excluded: people.map(({ id }) => id),
    }
  },
  follow: { answer: outcome },
}

/**
 * Objects to a line that is being announced, with or without a name: without, nothing of the person is written down. Only
 * people of the school. Refuses `recognition.not-announced`, not-found.
 */
export const object = async (
  engine: Engine,
  actor: Actor,
  schoolId: string,
  wish: BodyOf<typeof declared>,
): Promise<{ state: string }> => {
  const me = await engine.services.door.asActor(actor, async (db, person) => {
    await insistBelongs(db, person, schoolId)
    return person
  })
  const { personId, name, posts, settings } = me
  const doer = wish.anonymous
    ? { personId: nobody, name: '未留姓名', posts: [], settings: {} }
    : { personId, name, posts, settings }
  const { state } = await openCaseFor(engine, doer, schoolId, {
    id: wish.id,
    flow: objectionFlow.id,
    move: 'object',
    stepId: wish.stepId,
    studentId: null,
    content: { line: wish.line, facts: wish.facts, anonymous: wish.anonymous },
    fields: {},
    reason: null,
  })
  return { state }
}

/** Somebody who left no name; nobody signs in as it. */
const nobody = '00000000-0000-0000-0000-000000000001'

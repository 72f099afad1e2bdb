import { careListing, type listFilings as declared } from '#contract/care'
import { type Flow, stateOf } from '#contract/flows'
import { whyNotPermittedAnywhere } from '#contract/people'
import { type AnswerOf, packCursor, type QueryOf, unpackCursor } from '#contract/platform'
import { asParticipant, type Engine } from '#server/flows'
import { type Actor, audit, sql } from '#server/platform'

interface Row extends Omit<AnswerOf<typeof declared>['filings'][number], 'stateLabel'> {
  readonly state: string
  readonly filedAt: string
}

const pageSize = 50

/**
 * Filings of the key list a person finds, the latest first, with their receipt: the county's as far as it sees the list,
 * the school's own. Read as the person, and on file that it was read; there is no export of it. Refuses
 * `people.not-permitted`. [G3 G6]
 */
export const listFilings = (
  { services, now }: Engine,
  actor: Actor,
  { only, after }: QueryOf<typeof declared>,
): Promise<AnswerOf<typeof declared>> =>
  asParticipant(services.door, actor, async (db, me) => {
    const refusal = whyNotPermittedAnywhere('care.list-filings', me.posts)
    if (refusal) throw refusal
    const [at, id] = after ? unpackCursor(after, 2) : ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff']
    const rows = await db.rows<Row>(sql`
      select c.school_id as "schoolId", c.id as "caseId", u.name as "schoolName", k.name as "className", s.name as "studentName",
        f.at as "filedAt", f.at as "filedOn", f.actor_name as "filedBy", c.payload ->> 'receipt' as receipt,
        c.payload ->> 'receiptOn' as "receiptOn",
        c.state, c.due_at as "dueAt", coalesce(c.due_at < ${now()}, false) as overdue
      from flow_cases c join units u on u.id = c.school_id
        left join students s on s.school_id = c.school_id and s.id = c.student_id
        left join units k on k.id = s.class_id
        cross join lateral (select at, actor_name from flow_steps where school_id = c.school_id and case_id = c.id
          and move = 'file' order by number desc limit 1) f
      where c.flow = ${careListing.id} and (${only === undefined} or c.state = 'acknowledging')
        and (f.at, c.id) < (${at}::timestamptz, ${id}::uuid)
      order by f.at desc, c.id desc limit ${pageSize}`)
    await audit(db, {
      actorId: me.personId,
      action: 'care.list-filings',
      outcome: 'read',
      scope: me.posts[0]?.unitPath ?? '',
    })
    const last = rows.at(-1)
    return {
      filings: rows.map(({ state, filedAt: _, ...row }) => ({
        ...row,
        dueAt: state === 'acknowledging' ? row.dueAt : null,
        overdue: state === 'acknowledging' && row.overdue,
        stateLabel: stateOf(careListing as Flow, state)?.label ?? state,
      })),
      after: rows.length === pageSize && last ? packCursor([last.filedAt, last.caseId]) : null,
    }
  })

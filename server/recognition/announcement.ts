import { createHash } from 'node:crypto'
import { whyNotLeave } from '#contract/guards'
import { isAtOrBelow } from '#contract/organisations'
import { type AnswerOf, notFound } from '#contract/platform'
import { type AnnouncedRow, announcedLines, type getAnnouncement as declared, roundFlow } from '#contract/recognition'
import type { Engine } from '#server/flows'
import { type Actor, audit, type Db, sql } from '#server/platform'

/** A case that is being announced. */
export type Announced = AnnouncedRow & { readonly caseId: string; readonly until: string }

// Ends by the clock itself: past its day a line is not there, whether or not anybody took it down.
const read = (db: Db, schoolId: string, now: Date): Promise<Announced[]> =>
  db.rows<Announced>(sql`select c.id as "caseId", '' as line, s.name, k.name as "className", g.name as "gradeName",
      l.name as "collegeName", u.name as "schoolName", (c.payload->>'level')::int as level, s.number, c.due_at as until
    from flow_cases c join students s on s.school_id = c.school_id and s.id = c.student_id
      join units u on u.id = c.school_id left join units k on k.id = s.class_id
      left join units g on g.id = k.parent_id and g.kind = 'grade' left join units l on l.id = k.parent_id and l.kind = 'college'
    where c.school_id = ${schoolId} and c.flow = ${roundFlow.id} and c.state = 'announcement' and c.due_at > ${now}
      and c.payload->>'level' in ('1', '21', '22')
    order by k.path, s.name_order, c.id`)

const lineOf = (caseId: string): string => createHash('sha256').update(`line ${caseId}`).digest('hex').slice(0, 12)

/** What is announced at a school now. As the importer. */
export const findAnnounced = async (db: Db, schoolId: string, now: Date): Promise<Announced[]> =>
  (await read(db, schoolId, now)).map((row) => ({ ...row, line: lineOf(row.caseId) }))

/** People of the school only: staff at, above or below it, families of its students. Refuses not-found. */
export const insistBelongs = async (db: Db, me: Actor, schoolId: string): Promise<{ name: string; path: string }> => {
  const school = await db.first<{ name: string; path: string }>(
    sql`select name, path from units where id = ${schoolId} and school_id = ${schoolId}`,
  )
  if (!school) throw notFound()
  const works = me.posts.some(
    ({ unitPath }) => isAtOrBelow(school.path, unitPath) || isAtOrBelow(unitPath, school.path),
  )
  if (works) return school
  const child =
    me.settings.family &&
    (await db.first(sql`select 1 as found from students where school_id = ${schoolId}
      and id = any(current_setting('app.students')::uuid[]) limit 1`))
  if (!child) throw notFound()
  return school
}

/**
 * The announcement of a school, built here from the allow-list of fields; nothing else of anybody leaves. Every look is on
 * file, and so is the attempt to have announced what never is. [C19 G3] Refuses not-found, `guards.withheld-at-announcement`.
 */
export const getAnnouncement = async (
  engine: Engine,
  actor: Actor,
  schoolId: string,
  flow: string = roundFlow.id,
): Promise<AnswerOf<typeof declared>> => {
  const { publication } = engine.procedureOf(flow).flow
  const school = await engine.services.door.asActor(actor, async (db, me) => {
    const found = await insistBelongs(db, me, schoolId)
    const { rules } = engine.registry.inForce(found.path, engine.services.today())
    const leaving = { list: flow, door: 'announcement', neverPublished: publication === 'never' } as const
    const refusal = whyNotLeave(rules, leaving)
    if (refusal) throw refusal
    await audit(db, {
      actorId: me.personId,
      action: 'recognition.get-announcement',
      outcome: 'read',
      scope: found.path,
      schoolId,
    })
    return found
  })
  const rows = await engine.services.door.asJob('importer', (db) => findAnnounced(db, schoolId, engine.now()))
  return {
    title: '公示',
    schoolName: school.name,
    lines: announcedLines(rows).map((line, index) => ({ ...line, until: rows[index]?.until ?? '' })),
  }
}

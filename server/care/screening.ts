import type {
  answerScreening as answering,
  openScreening as opening,
  listUnanswered as unanswered,
} from '#contract/care'
import { domainCodeOf } from '#contract/care'
import { whyNotPermitted } from '#contract/people'
import { type AnswerOf, type BodyOf, notFound, type ParamsOf, Refusal } from '#contract/platform'
import { unspokenIn } from '#contract/policies'
import { facts } from '#contract/students'
import type { Engine } from '#server/flows'
import { type Actor, audit, type Db, domainsOver, sql } from '#server/platform'
import { lockSchools, reclassify } from '#server/policies'
import { writeFact } from '#server/recognition'
import { getUnitPath } from './kept-unit.ts'
import { type AskedFact, roundStatement, type ScreeningRound } from './screening-round.ts'

/**
 * Opens a round over the classes below a unit; the same id twice opens one. Refuses `people.not-permitted`,
 * `care.unspoken` for a title that labels, `care.round-span`.
 */
export const openScreening = async (
  { services, registry }: Engine,
  actor: Actor,
  unitId: string,
  { id, title, items, fromDate, untilDate }: BodyOf<typeof opening>,
): Promise<Record<string, never>> => {
  const { me, path } = await services.door.asActor(actor, async (db, person) => {
    const at = await getUnitPath(db, unitId)
    const refusal = whyNotPermitted('care.open-screening', person.posts, at)
    if (refusal) throw refusal
    return { me: person, path: at }
  })
  const said = unspokenIn(registry.inForce(path, services.today()).rules, title)
  if (said.length > 0)
    throw new Refusal('care.unspoken', `标题别人也看得到,请不要写“${said.join('、')}”。`, 'invalid', [
      { field: 'title', reason: `不要写“${said.join('、')}”` },
    ])
  if (untilDate < fromDate || untilDate < services.today())
    throw new Refusal('care.round-span', '截止日期要在开始之后,不能早于今天。', 'invalid', [
      { field: 'untilDate', reason: '在开始之后,不早于今天' },
    ])
  await services.door.asJob('importer', async (db) => {
    await db.change(sql`insert into screening_rounds (unit_id, id, unit_path, title, items, from_date, until_date, opened_by)
      values (${unitId}, ${id}, ${path}, ${title}, ${[...new Set(items)]}::text[], ${fromDate}, ${untilDate}, ${me.personId})
      on conflict (unit_id, id) do nothing`)
    await audit(db, { actorId: me.personId, action: 'care.open-screening', outcome: 'done', scope: path, subject: id })
  })
  return {}
}

/** Students of a class nobody has answered for yet, as far as one sees them. */
export const listUnanswered = (
  { services }: Engine,
  actor: Actor,
  { roundId }: ParamsOf<typeof unanswered>,
  classId: string,
): Promise<AnswerOf<typeof unanswered>> =>
  services.door.asActor(actor, async (db) => ({
    students: await db.rows(sql`select s.school_id as "schoolId", s.id, s.name from students s
      where s.scope = (select path from units where id = ${classId}) and s.class_id = ${classId} and s.status = 1 and not exists (select from screening_answers a
        where a.school_id = s.school_id and a.student_id = s.id and a.round_id = ${roundId})
      order by s.name_order, s.id limit 200`),
  }))

type Answers = BodyOf<typeof answering>['answers']

const whyNotAnswer = (round: ScreeningRound, answers: Answers, today: string): Refusal | undefined => {
  if (today < round.fromDate || today > round.untilDate)
    return new Refusal('care.round-closed', '这一轮不在填写时间内。')
  const asked = new Set<string>(round.items)
  const strange = answers.some(({ values }) => Object.keys(values).some((fact) => !asked.has(fact)))
  if (strange) return new Refusal('care.not-asked', '填写的内容里有这一轮没有问的。', 'invalid')
  const wrong = answers.some(({ values }) =>
    Object.entries(values).some(([fact, value]) => !fits(fact as AskedFact, value)),
  )
  return wrong ? new Refusal('care.wrong-answer', '有一项的选项不对,请重新选择。', 'invalid') : undefined
}

const fits = (fact: AskedFact, value: boolean | number | null): boolean => {
  const known = facts[fact]
  if (value === null) return true
  if (known.type === 'yes-no') return typeof value === 'boolean'
  return typeof value === 'number' && 'codes' in known && Object.hasOwn(known.codes ?? {}, value)
}

const write = async (db: Db, round: ScreeningRound, me: Actor, schoolId: string, answers: Answers, today: string) => {
  for (const fact of round.items) {
    const values = answers.flatMap(({ studentId, values: given }) => {
      const value = given[fact]
      return value === undefined || value === null ? [] : [{ studentId, value }]
    })
    if (values.length === 0) continue
    const told = {
      schoolId,
      secrecy: domainCodeOf(fact),
      asOf: today,
      validUntil: null,
      sourceId: null,
      by: me.personId,
    }
    await writeFact(db, fact, told, values)
  }
  const ids = answers.map(({ studentId }) => studentId)
  await db.change(sql`insert into screening_answers (school_id, round_id, student_id, scope, answered_by, answered_by_name)
    select school_id, ${round.id}, id, scope, ${me.personId}, ${me.name} from students
    where school_id = ${schoolId} and id = any(${ids}::uuid[])
    on conflict (school_id, student_id, round_id) do update
      set answered_by = excluded.answered_by, answered_by_name = excluded.answered_by_name, answered_at = now()`)
}

/**
 * Answers for students one sees: what is known becomes a fact of the file with its day, what is not known stays unknown.
 * All or nothing. Refuses not-found, `care.round-closed`, `care.not-asked`, `care.wrong-answer`, `care.not-yours-to-see`.
 */
export const answerScreening = async (
  { services, registry }: Engine,
  actor: Actor,
  { unitId, roundId }: ParamsOf<typeof answering>,
  { schoolId, answers }: BodyOf<typeof answering>,
): Promise<AnswerOf<typeof answering>> => {
  const today = services.today()
  const ids = [...new Set(answers.map(({ studentId }) => studentId))]
  const { me, round } = await services.door.asActor(actor, async (db, person) => {
    const [found] = await db.rows<ScreeningRound>(roundStatement(roundId, [], unitId))
    const students = await db.rows<{ id: string; scope: string }>(
      sql`select id, scope from students where school_id = ${schoolId} and id = any(${ids}::uuid[]) and status = 1`,
    )
    if (!found || students.length < ids.length || students.some(({ scope }) => !scope.startsWith(found.path)))
      throw notFound()
    const refusal = whyNotAnswer(found, answers, today)
    if (refusal) throw refusal
    const unseen = students.some(({ id, scope }) => {
      const seen = domainsOver(person, scope, id)
      return found.items.some((fact) => !seen.has(domainCodeOf(fact)))
    })
    if (unseen) throw new Refusal('care.not-yours-to-see', '这一轮问的内容不由您的岗位了解。', 'forbidden')
    return { me: person, round: found }
  })
  await services.door.asJob('importer', async (db) => {
    await lockSchools(db, [schoolId])
    await write(db, round, me, schoolId, answers, today)
    await reclassify(
      db,
      { registry, events: services.events },
      { schoolIds: [schoolId], studentIds: ids, on: today, back: 'importer' },
    )
    await audit(db, {
      actorId: me.personId,
      action: 'care.answer-screening',
      outcome: 'done',
      scope: round.path,
      schoolId,
      subject: round.id,
      detail: { students: ids.length },
    })
  })
  return { answered: ids.length }
}

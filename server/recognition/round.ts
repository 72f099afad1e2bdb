import type { Flow } from '#contract/flows'
import { familyOf } from '#contract/people'
import { Refusal } from '#contract/platform'
import type { RulesInForce } from '#contract/policies'
import { findRoundRule, panelChoices, roundFlow, scoreOf } from '#contract/recognition'
import type { Case, Change, Filled, FollowedMany, Made, MadeMany, Opening, Procedure } from '#server/flows'
import { type Db, sql } from '#server/platform'
import { openObjections } from './open-objections.ts'
import { getOpenRound } from './open-round.ts'
import { adjust, decide, endFor, pass, takeEffect, tellFamily } from './round-decision.ts'
import { enterVisits, visit } from './visits-before.ts'

const insistOnce = async (
  db: Db,
  { schoolId, studentId }: Pick<Opening, 'schoolId' | 'studentId'>,
  roundId: string,
  on: string,
): Promise<void> => {
  if (!studentId) return
  const earlier =
    await db.first(sql`select 1 as found from flow_cases where school_id = ${schoolId} and student_id = ${studentId}
    and flow = ${roundFlow.id} and round_id = ${roundId} and state not in ('withdrawn', 'none')`)
  if (earlier) throw new Refusal('recognition.applied-already', '这名学生这一次已经申请过,不必重复提出。')
  const standing =
    await db.first(sql`select 1 as found from recognitions where school_id = ${schoolId} and student_id = ${studentId}
    and ended_on is null and until_date >= ${on}::date`)
  if (standing) throw new Refusal('recognition.recognised-already', '这名学生本学年已经办好,不用再申请。')
}

const begin = async (db: Db, opening: Opening): Promise<Change> => {
  const place = await db.first<{ path: string }>(
    opening.studentId
      ? sql`select scope as path from students where school_id = ${opening.schoolId} and id = ${opening.studentId} and status in (1, 2)`
      : sql`select path from units where id = ${opening.schoolId}`,
  )
  if (!place) throw new Refusal('recognition.not-enrolled', '这名学生现在不在校,不能申请。')
  if (!opening.studentId && familyOf(opening.by))
    throw new Refusal('recognition.student-missing', '请选择学生。', 'invalid')
  const round = await getOpenRound(db, place.path, opening.today)
  await insistOnce(db, opening, round.id, opening.today)
  return { roundId: round.id, payload: { schoolYear: round.schoolYear, term: round.term } }
}

// Admitted before there was a number: from here on the case follows the student. [C26]
const match = async (db: Db, made: Made): Promise<Change> => {
  const number = String(made.fields.number).trim()
  const found = await db.rows<{ id: string; scope: string; name: string }>(sql`select id, scope, name from students
    where school_id = ${made.case.schoolId} and (number = ${number} or national_number = ${number}) and status in (1, 2)`)
  const [student] = found
  if (!student || found.length > 1) throw wrongNumber('本校没有这个学号的在读学生')
  if (made.content.full_name !== undefined && made.content.full_name !== student.name)
    throw wrongNumber('学号和申请上的姓名不是同一个人')
  await insistOnce(db, { schoolId: made.case.schoolId, studentId: student.id }, made.case.roundId ?? '', made.today)
  await enterVisits(db, made, student)
  for (const statement of [
    sql`update flow_steps set student_id = ${student.id}, scope = ${student.scope} where school_id = ${made.case.schoolId} and case_id = ${made.case.id}`,
    sql`update flow_tasks set student_id = ${student.id}, scope = ${student.scope} where school_id = ${made.case.schoolId} and case_id = ${made.case.id}`,
    sql`update flow_files set student_id = ${student.id}, scope = ${student.scope} where school_id = ${made.case.schoolId} and case_id = ${made.case.id}`,
  ])
    await db.change(statement)
  return { studentId: student.id, place: student.scope }
}

const wrongNumber = (reason: string): Refusal =>
  new Refusal('recognition.no-such-number', `${reason},请核对。`, 'invalid', [{ field: 'number', reason }])

const submit = async (_db: Db, made: Made): Promise<Change> => {
  if (made.content.promise !== true)
    throw new Refusal('recognition.not-promised', '请先确认承诺。', 'invalid', [{ field: 'promise', reason: '请确认' }])
  const score = scoreFor(made.registry.inForce(made.case.place, made.today).rules, made.content)
  return { payload: { ...made.case.payload, ...(score && { score: score.total }) } }
}

const scoreFor = (rules: RulesInForce, content: Filled) => {
  const scoring = findRoundRule(rules)?.scoring
  return scoring && scoreOf(scoring, content)
}

const withdraw = async (_db: Db, made: Made): Promise<undefined> => {
  if (made.case.panelId && made.case.state === 'class-review')
    throw new Refusal('recognition.being-judged', '评议已经开始,现在不能撤回;可以告诉班主任。')
}

const judge = async (_db: Db, made: Made): Promise<Change> => ({
  payload: { ...made.case.payload, level: Number(made.fields.choice), panelLevel: Number(made.fields.choice) },
})

// What came back from an objection or a return is judged by another sitting.
const backToStart = async (): Promise<Change> => ({ panelId: null })

const giveBack = async (db: Db, made: Made): Promise<Change> => {
  await tellFamily(db, made, 'case.needs-you', '请补充')
  return backToStart()
}

const refuse = async (db: Db, made: Made): Promise<undefined> => {
  await tellFamily(db, made, 'case.closed', '已经办结')
}

const receive = async (_db: Db, { items, today }: MadeMany): Promise<FollowedMany> =>
  new Map(
    items.map(({ case: { id, payload } }) => {
      const receipt = `${today.replaceAll('-', '')}-${id.slice(-6).toUpperCase()}`
      return [id, { payload: { ...payload, receipt } }]
    }),
  )

const skips = async (db: Db, cases: readonly Case[]): Promise<ReadonlyMap<string, readonly string[]>> => {
  const objected = await openObjections(db, cases)
  return new Map(cases.flatMap(({ id }) => (objected.has(id) ? [] : [[id, ['objection']] as const])))
}

const advise = (content: Filled, _standing: Case, rules: RulesInForce) => {
  const score = scoreFor(rules, content)
  if (!score) return []
  const groups = [...Map.groupBy(score.lines, ({ group }) => group)]
  return [
    { label: '参考分(平台口径)', words: `${score.total} 分` },
    ...groups.map(([group, lines]) => ({
      label: group,
      words: lines.map(({ label, points }) => `${label} ${points}`).join(','),
    })),
    ...(score.unknown.length > 0 ? [{ label: '没有填写', words: score.unknown.join('、') }] : []),
  ]
}

/** The yearly round as a procedure: what each move writes, in the same transaction. [C5 C8 C19 C26] */
export const roundProcedure: Procedure = {
  flow: roundFlow as Flow,
  about: 'either',
  holdsSchool: true,
  rule: findRoundRule,
  begin,
  met: async (db, standing) => ((await openObjections(db, [standing])).has(standing.id) ? [] : ['answer']),
  skips,
  panels: [
    {
      state: 'class-review',
      step: 'review',
      by: ['class-teacher', 'counsellor', 'school-aid-officer', 'county-aid-officer'],
      choices: panelChoices,
      closes: 'judge',
      advice: advise,
    },
  ],
  follow: {
    visit,
    match,
    submit,
    withdraw,
    return: giveBack,
    'return-later': giveBack,
    refuse,
    'look-again': backToStart,
    judge,
    'notice-over': takeEffect,
    settle: takeEffect,
    adjust,
    'keep-otherwise': adjust,
    end: endFor('ended'),
    cancel: endFor('dishonest'),
  },
  followMany: {
    'pass-college': pass,
    'change-college': pass,
    'pass-school': pass,
    'change-school': pass,
    decide,
    'decide-level': decide,
    receive,
  },
}

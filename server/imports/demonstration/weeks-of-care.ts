import { uuidv7 } from 'uuidv7'
import { addDays, daysBetween, type PlainDate, schoolYearOf } from '#contract/platform'
import { addRecord, reviewRecord } from '#contract/records'
import type { Served, Services } from '#server/platform'
import { sql } from '#server/platform'
import { type ActAs, actAs } from './act-as.ts'
import { calls, rewards, sessions, talks, traits, visits } from './words-of-care.ts'

const kinds = { visit: 1, talk: 2, reward: 3, session: 4, study: 5, event: 6, part: 7, traits: 8 } as const
const onSite = 1
const byPhone = 2
const faceToFace = 1

interface Child {
  readonly id: string
  readonly schoolId: string
  readonly classId: string
  readonly teacherId: string | null
}

interface Mentored {
  readonly id: string
  readonly schoolId: string
  readonly mentorId: string
}

interface Wish {
  readonly kind: number
  readonly on: PlainDate
  readonly mode?: number
  readonly fields?: Record<string, string | number | boolean | number[]>
  readonly supersedes?: string
}

// The same child meets the same fate each time: names decide the order, and the place in it what happened.
const readRecognised = ({ door }: Services, countyPath: string): Promise<Child[]> =>
  door.asJob('importer', (db) =>
    db.rows<Child>(sql`select distinct on (u.path, s.name, s.number, s.id) s.id, s.school_id as "schoolId", s.class_id as "classId",
        a.person_id as "teacherId"
      from recognitions r join students s on s.school_id = r.school_id and s.id = r.student_id
        join units u on u.id = s.class_id
        left join appointments a on a.unit_id = s.class_id and a.post = 'class-teacher' and a.until_date is null
      where r.scope ^@ ${countyPath} and r.ended_on is null order by u.path, s.name, s.number, s.id, a.id`),
  )

const readMentored = ({ door }: Services, countyPath: string): Promise<Mentored[]> =>
  door.asJob('importer', (db) =>
    db.rows<Mentored>(sql`select p.student_id as id, p.school_id as "schoolId", p.mentor_id as "mentorId"
      from pairings p join students s on s.school_id = p.school_id and s.id = p.student_id
      where p.scope ^@ ${countyPath} and p.until_date is null order by p.school_id, s.name, p.id`),
  )

/** Plain days of this school year up to yesterday; the further back, the larger `weeks`. */
const calendarOf = (today: PlainDate) => {
  const begin = `${schoolYearOf(today)}-09-01`
  const span = Math.max(0, daysBetween(begin, today))
  return (weeks: number, day: number): PlainDate => addDays(today, -Math.min(span, weeks * 7 + day))
}
type DayOf = ReturnType<typeof calendarOf>

const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length]
  if (found === undefined) throw new Error('an empty list')
  return found
}

const write = async (act: ActAs, schoolId: string, studentIds: readonly string[], wish: Wish): Promise<string> => {
  const id = uuidv7()
  const { kind, on, mode, fields, supersedes } = wish
  await act(addRecord, {
    params: { schoolId },
    body: {
      id,
      kind,
      studentIds: [...studentIds],
      actDate: on,
      mode: mode ?? null,
      fields: fields ?? {},
      supersedes: supersedes ?? null,
    },
  })
  return id
}

const visit = (index: number): Record<string, string | number | boolean | number[]> => {
  const { present, ...words } = at(visits, index)
  return { ...words, present: [...present], policies_explained: [1, 3], aid_told: true }
}

// Of five children two were visited at home and one was rung up; the other two are still to be seen.
const teacherOf = async (
  act: ActAs,
  children: readonly (Child & { index: number })[],
  day: DayOf,
): Promise<string[]> => {
  const visited: string[] = []
  for (const { id, schoolId, index } of children) {
    const on = day(1 + (index % 8), index % 5)
    const turn = index % 5
    if (turn < 2)
      visited.push(await write(act, schoolId, [id], { kind: kinds.visit, on, mode: onSite, fields: visit(index) }))
    if (turn === 2 && index % 3 === 0)
      await write(act, schoolId, [id], {
        kind: kinds.visit,
        on,
        mode: byPhone,
        fields: { minutes: 12, present: [1], measures: at(calls, index) },
      })
    if (turn === 0) await write(act, schoolId, [id], { kind: kinds.traits, on, fields: { ...at(traits, index) } })
    if (index % 20 === 0) await write(act, schoolId, [id], { kind: kinds.part, on, fields: { part: 4, verified: 1 } })
    if (index % 25 === 3)
      await write(act, schoolId, [id], { kind: kinds.event, on, fields: { sort: 1, what: '期中默写全对,上台领读。' } })
  }
  return visited
}

// What was first noted as a call had been a visit: corrected by its author, the first note stays readable.
const correctOne = async (act: ActAs, child: Child, day: DayOf): Promise<void> => {
  const wish = { kind: kinds.visit, on: day(2, 1), fields: visit(0) }
  const first = await write(act, child.schoolId, [child.id], { ...wish, mode: byPhone })
  await write(act, child.schoolId, [child.id], { ...wish, mode: onSite, supersedes: first })
}

const officerOf = async (
  act: ActAs,
  school: CaringSchool,
  children: readonly (Child & { index: number })[],
  visited: readonly string[],
  listed: readonly Mentored[],
  day: DayOf,
): Promise<void> => {
  // Half of the visits wait for review.
  for (const recordId of visited.filter((_, index) => index % 2 === 0))
    await act(reviewRecord, { params: { schoolId: school.id, recordId }, body: {} })
  // Four of ten were rewarded this term, each in one way.
  for (const [turn, reward] of rewards.entries()) {
    const chosen = children.filter(({ index }) => index % 10 < 4 && index % rewards.length === turn)
    if (chosen.length === 0) continue
    const ids = chosen.map(({ id }) => id)
    await write(act, school.id, ids, { kind: kinds.reward, on: day(turn + 1, 2), fields: { ...reward, public: false } })
  }
  const discussed = listed.slice(0, 3).map(({ id }) => id)
  if (discussed.length === 0) return
  await write(act, school.id, discussed, {
    kind: kinds.study,
    on: day(2, 3),
    fields: {
      topic: '怎样让作业跟得上',
      attended: 6,
      conclusions: '先补运算和朗读,作业分层;每人一位固定的陪伴老师,两周后一起看变化。',
      tasks: '班主任跟作业,导师每周谈一次。',
    },
  })
}

// Every third mentor has not come to it yet.
const mentorOf = async (act: ActAs, mentored: readonly Mentored[], turn: number, day: DayOf): Promise<void> => {
  for (const [index, { id, schoolId }] of mentored.entries()) {
    const { topics, summary } = at(talks, turn + index)
    const fields = { topics: [...topics], summary, minutes: 25 }
    await write(act, schoolId, [id], { kind: kinds.talk, on: day(1, index % 5), mode: faceToFace, fields })
    if ((turn + index) % 2 === 0)
      await write(act, schoolId, [id], {
        kind: kinds.session,
        on: day(3, index % 5),
        fields: { ...at(sessions, turn + index), minutes: 40 },
      })
  }
}

export interface CaringSchool {
  readonly id: string
  readonly officer: string
}

/**
 * Some weeks of this school year in the demonstration county, written by the teachers, officers and mentors its own lists
 * name, through the operations that serve requests: visits at home and by phone, reviews, rewards, what children are good
 * at, talks, lessons, a case discussed, one correction. Much is left undone, so that there is something to see and to do.
 */
export const liveWeeksOfCare = async (
  services: Services,
  served: readonly Served[],
  county: { readonly path: string },
  schools: readonly CaringSchool[],
): Promise<void> => {
  const day = calendarOf(services.today())
  const children = (await readRecognised(services, county.path)).map((child, index) => ({ ...child, index }))
  const mentored = await readMentored(services, county.path)
  const visited = new Map<string, string[]>()
  const byTeacher = Map.groupBy(children, ({ teacherId }) => teacherId)
  let corrected = false
  for (const [teacherId, own] of byTeacher) {
    if (teacherId === null) continue
    await actAs(services, served, teacherId, async (act) => {
      const records = await teacherOf(act, own, day)
      const [first] = own
      if (!first) return
      visited.set(first.schoolId, [...(visited.get(first.schoolId) ?? []), ...records])
      const late = own.find(({ index }) => index % 5 === 4)
      if (late && !corrected) {
        await correctOne(act, late, day)
        corrected = true
      }
    })
  }
  for (const school of schools) {
    const own = children.filter(({ schoolId }) => schoolId === school.id)
    const listed = mentored.filter(({ schoolId }) => schoolId === school.id)
    await actAs(services, served, school.officer, (act) =>
      officerOf(act, school, own, visited.get(school.id) ?? [], listed, day),
    )
  }
  const byMentor = [...Map.groupBy(mentored, ({ mentorId }) => mentorId)]
  for (const [turn, [mentorId, own]] of byMentor.entries())
    if (turn % 3 !== 2) await actAs(services, served, mentorId, (act) => mentorOf(act, own, turn, day))
}

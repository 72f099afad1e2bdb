import { uuidv7 } from 'uuidv7'
import { attachToCase, castVote, closePanel, convenePanel, markPresence, moveCase, openCase } from '#contract/flows'
import { addDays } from '#contract/platform'
import { getAnnouncement, object } from '#contract/recognition'
import { type Served, type Services, sql } from '#server/platform'
import { openRound } from '#server/recognition'
import type { Importing } from '../importing.ts'
import { type ActAs, actAs } from './act-as.ts'
import { signedPaper } from './signed-paper.ts'

interface Child {
  readonly id: string
  readonly name: string
}

interface Cast {
  readonly schoolId: string
  readonly schoolPath: string
  readonly classId: string
  readonly classTeacher: string
  readonly officer: string
  readonly principal: string
  /** Teachers of the school who mentor nobody. */
  readonly colleagues: readonly string[]
  /** Guardian with a sign-in and a child at the school. */
  readonly guardian: string | null
  readonly children: readonly Child[]
}

const wanted = 7

// The school of the printed sign-ins, but another class than that of the printed class teacher, who begins with nothing.
const findCast = ({ services: { door } }: Importing): Promise<Cast | undefined> =>
  door.asJob('importer', (db) =>
    db.first<Cast>(sql`with shown as (
        select s.id, s.path, a.person_id as officer from accounts o
          join appointments a on a.person_id = o.person_id and a.post = 'school-aid-officer' and a.until_date is null
          join units s on s.id = a.unit_id where o.login_name = 'zizhu' limit 1),
      free as (
        select t.id, t.name, t.class_id from students t join shown on t.school_id = shown.id
        where t.status = 1 and (select count(*) from students n where n.school_id = t.school_id and n.name = t.name) = 1
          and not exists (select from recognitions r where r.student_id = t.id and r.ended_on is null)
          and not exists (select from key_listings l where l.student_id = t.id)
          and not exists (select from family_links f where f.student_id = t.id)),
      room as (
        select k.id, a.person_id as teacher from units k join shown on k.school_id = shown.id
          join appointments a on a.unit_id = k.id and a.post = 'class-teacher' and a.until_date is null
        where not exists (select from accounts o where o.person_id = a.person_id)
          and (select count(*) from free where free.class_id = k.id) >= ${wanted} order by k.path desc limit 1)
      select shown.id as "schoolId", shown.path as "schoolPath", room.id as "classId", room.teacher as "classTeacher", shown.officer,
        (select o.person_id from accounts o where o.login_name = 'xiaozhang') as principal,
        array(select a.person_id from appointments a where a.unit_id = shown.id and a.post = 'teacher' and a.until_date is null
            and not exists (select from appointments o where o.person_id = a.person_id and o.post <> 'teacher')
            and not exists (select from pairings m where m.mentor_id = a.person_id) order by a.id limit 2) as colleagues,
        (select l.person_id from family_links l join family_members f on f.id = l.person_id and f.kind = 'guardian'
          where l.school_id = shown.id order by l.person_id limit 1) as guardian,
        (select jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name) order by c.id desc)
          from (select id, name from free where class_id = room.id order by id desc limit ${wanted}) c) as children
      from shown, room`),
  )

const notice =
  '新学期开始了。需要帮助的家庭可以提出申请,由监护人填写并签名;不方便用手机的,请班主任替您填写。有不明白的请问班主任。'

// Families are told three days before: the notice was given some days ago.
const tellOfRound = async ({ services }: Importing, served: readonly Served[], cast: Cast): Promise<void> => {
  const noticeOn = addDays(services.today(), -9)
  const earlier: Services = { ...services, today: () => noticeOn }
  const dates = { noticeOn, opensOn: addDays(noticeOn, 3), closesOn: addDays(noticeOn, 24) }
  await actAs(services, served, cast.officer, (_, officer) =>
    openRound(earlier, officer, cast.schoolId, { id: uuidv7(), term: 1, ...dates, notice }),
  )
}

// Filled in by the class teacher as the family told it, with the paper they signed.
const applyFor = async (act: ActAs, { schoolId }: Cast, { id, name }: Child, index: number): Promise<string> => {
  const caseId = uuidv7()
  const opened = await act(openCase, {
    params: { schoolId },
    body: {
      id: caseId,
      flow: 'recognition-round',
      move: 'save',
      stepId: uuidv7(),
      studentId: id,
      content: {
        full_name: name,
        household_size: 3 + (index % 3),
        guardian_mobile: `1380000010${index}`,
        home_address: `临湖县湖东路 ${index + 1} 号`,
        member1_name: `${name.slice(0, 1)}家长`,
        member1_relation: 51,
        member1_age: 41 + index,
        member1_health: 1 + (index % 3),
        per_capita_income: 600_000 + 90_000 * index,
        home_urban: 1,
        parents: 1 + (index % 3),
        promise: true,
      },
    },
  })
  await act(attachToCase, {
    params: { schoolId, caseId, fileId: uuidv7() },
    query: { purpose: 'signed-paper' },
    upload: signedPaper(),
  })
  await act(moveCase, {
    params: { schoolId, caseId },
    body: { stepId: uuidv7(), move: 'submit', version: opened.version },
  })
  return caseId
}

const move = (act: ActAs, { schoolId }: Cast, caseId: string, by: string, version: number): Promise<unknown> =>
  act(moveCase, { params: { schoolId, caseId }, body: { stepId: uuidv7(), move: by, version } })

// A sitting of three teachers and two parents on paper, all of one mind.
const judge = async (
  { services }: Importing,
  served: readonly Served[],
  cast: Cast,
  cases: readonly string[],
): Promise<void> => {
  const panelId = uuidv7()
  const seats = [cast.classTeacher, ...cast.colleagues].map((personId, at) => ({
    seat: uuidv7(),
    personId,
    name: '教师',
    side: 'teacher' as const,
    chair: at === 0,
  }))
  const parents = ['周家长', '吴家长'].map((name) => {
    return { seat: uuidv7(), personId: null, name, side: 'parent' as const, chair: false }
  })
  await actAs(services, served, cast.classTeacher, async (act) => {
    await act(convenePanel, {
      params: {},
      body: {
        id: panelId,
        flow: 'recognition-round',
        unitId: cast.classId,
        units: [],
        members: [...seats, ...parents],
      },
    })
    const present = [...seats, ...parents].map(({ seat }) => seat)
    await act(markPresence, { params: { panelId }, body: { present } })
    for (const caseId of cases)
      for (const { seat } of [...seats.slice(0, 1), ...parents])
        await act(castVote, { params: { panelId, caseId }, body: { seat, choice: 21 } })
  })
  for (const { personId, seat } of seats.slice(1))
    await actAs(services, served, personId, async (act) => {
      for (const caseId of cases) await act(castVote, { params: { panelId, caseId }, body: { seat, choice: 21 } })
    })
  await actAs(services, served, cast.classTeacher, (act) =>
    act(closePanel, { params: { panelId }, body: { minutes: '按材料逐件评议,意见一致。' } }),
  )
}

// Somebody of another family has something to say to a line; whoever had a part in it does not answer.
const objectTo = async ({ services }: Importing, served: readonly Served[], cast: Cast): Promise<void> => {
  const by = cast.guardian
  if (!by) return
  await actAs(services, served, by, async (act) => {
    const params = { schoolId: cast.schoolId }
    const [line] = (await act(getAnnouncement, { params })).lines
    if (!line) throw new Error('nothing is announced')
    const facts = '听说他家最近搬了新居,请学校再核实一下。'
    await act(object, { params, body: { id: uuidv7(), stepId: uuidv7(), line: line.line, facts, anonymous: true } })
  })
}

const askFor = async (act: ActAs, { schoolId }: Cast, studentId: string, wish: object): Promise<void> => {
  const body = { id: uuidv7(), stepId: uuidv7(), studentId, ...wish } as Parameters<typeof openCase.body.parse>[0]
  await act(openCase, { params: { schoolId }, body: openCase.body.parse(body) })
}

/**
 * What waits in the demonstration county, made by its own people through the operations that serve requests: a round in
 * progress with requests at every desk, an objection to what is announced, a request for care, one sudden change. Call
 * after the sign-ins are made: it waits where they look.
 */
export const waitInCounty = async (importing: Importing, served: readonly Served[]): Promise<void> => {
  const { services } = importing
  const cast = await findCast(importing)
  if (!cast || cast.colleagues.length < 2) return
  const [checked, decided, announced, ...others] = cast.children
  const [first, second, cared, hit] = others
  if (!checked || !decided || !announced || !first || !second || !cared || !hit) return
  await tellOfRound(importing, served, cast)
  const judged = await actAs(services, served, cast.classTeacher, async (act) => {
    const cases: string[] = []
    for (const [at, child] of [checked, decided, announced].entries()) cases.push(await applyFor(act, cast, child, at))
    return cases
  })
  await judge(importing, served, cast, judged)
  const [, toDecide = '', toAnnounce = ''] = judged
  await actAs(services, served, cast.officer, async (act) => {
    for (const caseId of [toDecide, toAnnounce]) await move(act, cast, caseId, 'pass-school', 3)
  })
  await actAs(services, served, cast.principal, (act) => move(act, cast, toAnnounce, 'decide', 4))
  await objectTo(importing, served, cast)
  await actAs(services, served, cast.classTeacher, async (act) => {
    for (const [at, child] of [first, second].entries()) await applyFor(act, cast, child, at + 3)
    await askFor(act, cast, cared.id, {
      flow: 'care-listing',
      move: 'request',
      content: { facts: '近两个月常独自坐着,晚上一个人在家。', care: '每周谈心一次,课后辅导两次' },
    })
    await askFor(act, cast, hit.id, {
      flow: 'emergency-aid',
      move: 'report',
      content: {
        cause: 5,
        happened: services.today(),
        facts: '昨夜灶间起火,人都平安,被褥和书本烧了。',
        needs: '被褥、书本',
        family: 1,
      },
    })
  })
}

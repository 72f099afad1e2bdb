import { uuidv7 } from 'uuidv7'
import { pairMentor } from '#contract/mentoring'
import { establishBody } from '#contract/organisations'
import { Refusal } from '#contract/platform'
import { decideKeyListing, listCandidates, recognise } from '#contract/recognition'
import type { Served, Services } from '#server/platform'
import { sql } from '#server/platform'
import type { Importing } from '../importing.ts'
import { type ActAs, actAs } from './act-as.ts'
import { liveWeeksOfCare } from './weeks-of-care.ts'

interface ShownSchool {
  readonly id: string
  readonly name: string
  readonly principal: string
  readonly officer: string
  readonly teachers: string[]
}

// Two schools have no centre yet and the smallest has nobody listed: what is missing must be seen as missing.
const withoutCentre = /教学点|青墩/
// A centre on paper only: founded, with people, but still looking for a room.
const withoutRoom = /柳堡/
const mostKeyStudents = 6
const shareRecognised = 0.75

const findSchools = ({ door }: Services, countyPath: string): Promise<ShownSchool[]> =>
  door.asJob('importer', (db) =>
    db.rows<ShownSchool>(sql`select u.id, u.name, p.person_id as principal, o.person_id as officer,
        array(select a.person_id from appointments a where a.unit_id = u.id and a.post = 'teacher' and a.until_date is null order by a.id) as teachers
      from units u
        join lateral (select person_id from appointments where unit_id = u.id and post = 'principal' and until_date is null limit 1) p on true
        join lateral (select person_id from appointments where unit_id = u.id and post = 'school-aid-officer' and until_date is null limit 1) o on true
      where u.school_id = u.id and u.path ^@ ${countyPath} order by u.name`),
  )

const foundCentre = async (act: ActAs, school: ShownSchool, fromDate: string): Promise<void> => {
  await act(establishBody, {
    params: { unitId: school.id },
    body: {
      id: uuidv7(),
      kind: 'support-centre',
      name: `${school.name}学生发展支持中心`,
      place: withoutRoom.test(school.name) ? null : '综合楼一楼东侧',
      document: null,
      fromDate,
      members: [
        { personId: school.principal, role: 'head' },
        { personId: school.officer, role: 'deputy' },
        ...school.teachers.slice(0, 3).map((personId) => ({ personId, role: 'member' as const })),
      ],
    },
  })
}

const candidatesOf = (act: ActAs, kind: 'recognition' | 'key-listing', school: ShownSchool) =>
  act(listCandidates, { params: {}, query: { kind, unit: school.id } }).then(({ candidates }) => candidates)

const recogniseSome = async (act: ActAs, school: ShownSchool, today: string): Promise<void> => {
  const candidates = await candidatesOf(act, 'recognition', school)
  const items = candidates
    .slice(0, Math.ceil(candidates.length * shareRecognised))
    .map(({ studentId, suggestedLevel }) => ({ id: uuidv7(), studentId, level: levelOf(suggestedLevel) }))
  if (items.length === 0) return
  await act(recognise, {
    params: { schoolId: school.id },
    body: { items, basis: 'trusted-list', fromDate: today, reason: '在可信名单上,核对无误' },
  })
}

const levelOf = (suggested: number | null): 1 | 21 | 22 => (suggested === 1 || suggested === 22 ? suggested : 21)

const listSome = async (act: ActAs, school: ShownSchool, today: string): Promise<void> => {
  const candidates = await candidatesOf(act, 'key-listing', school)
  const seen = [...new Map(candidates.map((one) => [one.studentId, one])).values()].slice(0, mostKeyStudents)
  for (const [index, { studentId }] of seen.entries()) {
    const params = { schoolId: school.id, studentId }
    const decided = await act(decideKeyListing, {
      params,
      body: {
        id: uuidv7(),
        move: 'confirm',
        difficulties: [3],
        care: null,
        reason: '家庭情况与学业情况经核实,需要重点关心',
        on: today,
      },
    }).catch(passRefusal)
    // Some packs ask for a visit or a case study first: then it waits for that.
    if (!decided) continue
    const mentorId = school.teachers[index % Math.max(1, school.teachers.length)]
    // the last one has no mentor yet
    if (!mentorId || index === mostKeyStudents - 1) continue
    await act(pairMentor, { params, body: { id: uuidv7(), mentorId, fromDate: today } }).catch(passRefusal)
  }
}

/** A teacher who shares a guardian's name is not paired, a rule asks for something first: the demonstration goes on without. */
export const passRefusal = (error: unknown): undefined => {
  if (error instanceof Refusal) return undefined
  throw error
}

/** Centres founded, levels confirmed and students listed at the schools below a path, by their own principals. */
export const settleSchools = async (
  { services }: Importing,
  served: readonly Served[],
  below: { readonly path: string },
): Promise<readonly ShownSchool[]> => {
  const today = services.today()
  const schools = await findSchools(services, below.path)
  for (const school of schools) {
    await actAs(services, served, school.principal, async (act) => {
      if (!withoutCentre.test(school.name)) await foundCentre(act, school, today)
      await recogniseSome(act, school, today)
      await listSome(act, school, today)
    })
  }
  return schools
}

/**
 * A few weeks of life in the demonstration county, by the people its own lists name and through the operations that
 * serve requests: centres founded, hardship recognised from trusted lists, students listed for care and given mentors,
 * and then some weeks of visits, rewards, talks and lessons.
 */
export const liveInCounty = async (
  importing: Importing,
  served: readonly Served[],
  county: { readonly path: string },
): Promise<void> => {
  const schools = await settleSchools(importing, served, county)
  await liveWeeksOfCare(importing.services, served, county, schools)
}

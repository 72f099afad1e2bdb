import { uuidv7 } from 'uuidv7'
import { pairMentor } from '#contract/mentoring'
import { rangeOf } from '#contract/organisations'
import { addDays } from '#contract/platform'
import { addRecord } from '#contract/records'
import { type Served, sql } from '#server/platform'
import type { Importing } from '../importing.ts'
import { actAs } from './act-as.ts'
import { passRefusal } from './live-in-county.ts'
import type { ShownAct, ShownPlace } from './shown-place.ts'

export interface Cared {
  readonly id: string
  readonly schoolId: string
  readonly scope: string
}

/** Students of a place with a level in force, in the order of its classes. */
export const caredFor = ({ services }: Importing, path: string): Promise<Cared[]> => {
  const { lo, hi } = rangeOf(path)
  return services.door.asJob('importer', (db) =>
    db.rows<Cared>(sql`select s.id, s.school_id as "schoolId", s.scope from recognitions r
      join students s on s.school_id = r.school_id and s.id = r.student_id join units u on u.id = s.class_id
      where r.scope >= ${lo} and r.scope < ${hi} and r.ended_on is null order by u.sort, u.name, s.number, s.id`),
  )
}

/** Who holds a post over a student, the nearest unit first. */
export const holderOver = ({ services }: Importing, post: string, scope: string): Promise<string | undefined> =>
  services.door.asJob('importer', async (db) => {
    const holder = await db.first<{
      id: string
    }>(sql`select a.person_id as id from appointments a join units u on u.id = a.unit_id
      where a.post = ${post} and a.until_date is null and starts_with(${scope}, u.path) order by length(u.path) desc, a.id limit 1`)
    return holder?.id
  })

const authorOf = (importing: Importing, { by }: ShownAct, { id, scope }: Cared): Promise<string | undefined> =>
  by === 'mentor'
    ? importing.services.door.asJob('importer', async (db) => {
        const pair = await db.first<{ id: string }>(
          sql`select mentor_id as id from pairings where student_id = ${id} and until_date is null limit 1`,
        )
        return pair?.id
      })
    : holderOver(importing, by, scope)

// Without a name all of the first one's class are meant, as at a morning call.
const meant = (cared: readonly Cared[], { whom }: ShownAct): readonly Cared[] => {
  const one = cared[whom ?? 0]
  if (!one) return []
  return whom === undefined ? cared.filter(({ scope }) => scope === one.scope) : [one]
}

/** Where a level is confirmed only after a visit, class teachers visit whoever the lists propose. [S10] */
export const visitProposed = async (
  importing: Importing,
  served: readonly Served[],
  unit: { readonly path: string },
): Promise<void> => {
  const { services } = importing
  const { lo, hi } = rangeOf(unit.path)
  const proposed = await services.door.asJob('importer', (db) =>
    db.rows<Cared & { teacher: string }>(sql`select s.id, s.school_id as "schoolId", s.scope, a.person_id as teacher
      from class_spells c join policy_rules r on r.number = c.rule and r.key = 'national/trusted-list-candidate'
        join students s on s.school_id = c.school_id and s.id = c.student_id
        join appointments a on a.unit_id = s.class_id and a.post = 'class-teacher' and a.until_date is null
      where c.scope >= ${lo} and c.scope < ${hi} and c.until is null order by s.number`),
  )
  for (const { id, schoolId, teacher } of proposed)
    await actAs(services, served, teacher, (act) =>
      act(addRecord, {
        params: { schoolId },
        body: {
          id: uuidv7(),
          kind: 1,
          studentIds: [id],
          actDate: addDays(services.today(), -7),
          mode: 1,
          fields: { household_note: '家里都好,孩子懂事。' },
        },
      }),
    )
}

const giveMentors = async (
  importing: Importing,
  served: readonly Served[],
  { mentored }: ShownPlace,
  cared: readonly Cared[],
): Promise<void> => {
  const { services } = importing
  for (const [index, { id, schoolId, scope }] of cared.slice(0, mentored).entries()) {
    const leader = await holderOver(importing, 'principal', scope)
    const teachers = await services.door.asJob('importer', (db) =>
      db.rows<{ id: string }>(sql`select person_id as id from appointments
        where unit_id = ${schoolId} and post = 'teacher' and until_date is null order by id`),
    )
    const mentorId = teachers[index % Math.max(1, teachers.length)]?.id
    if (!leader || !mentorId) continue
    const body = { id: uuidv7(), mentorId, fromDate: addDays(services.today(), -14) }
    await actAs(services, served, leader, (act) =>
      act(pairMentor, { params: { schoolId, studentId: id }, body }).catch(passRefusal),
    )
  }
}

/** Some days of life at a shown place, in the words of its pack, by the people its own lists name. */
export const liveAtPlace = async (
  importing: Importing,
  served: readonly Served[],
  place: ShownPlace,
  unit: { readonly path: string },
): Promise<void> => {
  const { services, registry } = importing
  const cared = await caredFor(importing, unit.path)
  await giveMentors(importing, served, place, cared)
  for (const act of place.acts) {
    const [first, ...others] = meant(cared, act)
    const author = first && (await authorOf(importing, act, first))
    if (!first || !author) throw new Error(`${place.issuer}: nobody for ${act.record}`)
    const kind = registry.inForce(first.scope, services.today()).rules.records.find(({ id }) => id === act.record)
    if (!kind) throw new Error(`${place.issuer}: no record ${act.record}`)
    await actAs(services, served, author, async (say) =>
      say(addRecord, {
        params: { schoolId: first.schoolId },
        body: {
          id: uuidv7(),
          kind: kind.number,
          studentIds: [first, ...others].map(({ id }) => id),
          actDate: addDays(services.today(), -act.daysAgo),
          mode: act.mode ?? null,
          fields: Object.fromEntries(
            Object.entries(act.fields).map(([field, value]) => [field, Array.isArray(value) ? [...value] : value]),
          ),
          supersedes: null,
        },
      }),
    )
  }
}

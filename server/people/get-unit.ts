import {
  bodyKinds,
  type CentrePart,
  centreUnitOf,
  type getUnit as declared,
  isAtOrBelow,
  isSchoolKind,
  pathsAbove,
  type UnitKind,
  type UnitNode,
  whatBodyLacks,
} from '#contract/organisations'
import { fallbackOf, isPost, type PostId, postLabel, postsExpectedAt, whyNotPermitted } from '#contract/people'
import { type AnswerOf, notFound } from '#contract/platform'
import { findNode, readChildren } from '#server/organisations'
import { type Actor, type Db, type Services, sql } from '#server/platform'
import { answerableFor } from './answerable-for.ts'

/** Which units must have a support centre and what it must have, by the packs in force at a unit. [C1] */
export type CentresAt = (
  unitPath: string,
) => { readonly units: readonly string[]; readonly needs: readonly CentrePart[] } | undefined

type Answer = AnswerOf<typeof declared>
type Post = Answer['posts'][number]

type BodyRow = Omit<Answer['bodies'][number], 'missing'>

// Whether this person sees who works there: outside that, silence, because an empty list would read as a vacancy.
const seesPeopleAt = ({ settings }: Actor, path: string): boolean =>
  [settings.home_lo, settings.lo1, settings.lo2].some((lo) => lo !== undefined && isAtOrBelow(path, lo))

const readHolders = (db: Db, unitId: string, today: string) =>
  db.rows<Post['holders'][number] & { post: string }>(sql`
    select a.post, p.id as "personId", p.name, a.from_date as "fromDate", a.id as "appointmentId"
    from appointments a join people p on p.id = a.person_id
    where a.unit_id = ${unitId} and a.from_date <= ${today}::date and (a.until_date is null or a.until_date > ${today}::date)
    order by a.from_date, a.id`)

const readBodies = (db: Db, unitId: string, today: string): Promise<BodyRow[]> =>
  db.rows<BodyRow>(sql`
    select b.id, b.kind, b.name, b.place, b.document, b.from_date as "fromDate", b.until_date as "untilDate",
      coalesce((select jsonb_agg(jsonb_build_object('personId', m.person_id, 'name', coalesce(p.name, '(外单位人员)'),
          'role', m.role, 'fromDate', m.from_date) order by array_position('{head,deputy,member}'::text[], m.role), m.id)
        from body_members m left join people p on p.id = m.person_id
        where m.body_id = b.id and (m.until_date is null or m.until_date > ${today}::date)), '[]') as members
    from bodies b where b.unit_id = ${unitId} and (b.until_date is null or b.until_date > ${today}::date)
    order by b.from_date, b.id`)

const readStanding = (db: Db, unitId: string) =>
  db.first<{ regionCode: string | null; openedOn: string | null; stage: number | null }>(
    sql`select region_code as "regionCode", opened_on as "openedOn", stage from units where id = ${unitId}`,
  )

const readAncestors = (db: Db, path: string) =>
  db.rows<{ id: string; name: string; kind: UnitKind }>(
    sql`select id, name, kind from units where path = any(${pathsAbove(path)}::text[]) order by length(path)`,
  )

const readHistory = (db: Db, unitId: string) =>
  db.rows<Answer['history'][number]>(sql`select change, name, from_date as "fromDate", until_date as "untilDate"
    from unit_history where unit_id = ${unitId} order by until_date desc, recorded_at desc`)

// Vacancies are asked of a job: a school's people don't see who holds a post at the county, only that it passes there.
const whoAnswers = async (services: Services, unit: UnitNode, posts: readonly PostId[]) => {
  const today = services.today()
  const passed = new Map<string, Post['passesTo']>()
  await services.door.asJob('importer', async (db) => {
    for (const post of posts) {
      const asked = { post, fallback: fallbackOf(post), unitPaths: [unit.path], today }
      const answerable = (await answerableFor(db, asked)).get(unit.path)
      const [holder] = answerable?.holders ?? []
      if (!answerable?.post || !holder) continue
      passed.set(post, { post: answerable.post, label: postLabel(answerable.post), name: holder.name })
    }
  })
  return passed
}

const postsOf = async (
  services: Services,
  unit: UnitNode,
  held: readonly (Post['holders'][number] & { post: string })[],
): Promise<Post[]> => {
  const posts = [...new Set([...postsExpectedAt(unit.kind), ...held.map(({ post }) => post)])]
  const vacant = posts.filter((post) => !held.some((one) => one.post === post)).filter(isPost)
  const passed = vacant.length > 0 ? await whoAnswers(services, unit, vacant) : new Map<string, Post['passesTo']>()
  return posts.map((post) => ({
    post,
    label: postLabel(post),
    holders: held.filter((one) => one.post === post).map(({ post: _post, ...holder }) => holder),
    passesTo: passed.get(post) ?? null,
  }))
}

/**
 * The page of a unit: where it stands, who holds its posts and who answers for a vacant one, its centre and groups with
 * what they lack, and what it was. [T2 T7 C1 C21]
 */
export const getUnit = async (
  services: Services,
  centresAt: CentresAt,
  actor: Actor,
  unitId: string,
): Promise<Answer> => {
  const today = services.today()
  const read = await services.door.asActor(actor, async (db, me) => {
    const unit = await findNode(db, unitId)
    if (!unit) throw notFound()
    const seesPeople = seesPeopleAt(me, unit.path)
    return {
      unit,
      seesPeople,
      standing: await readStanding(db, unitId),
      ancestors: await readAncestors(db, unit.path),
      children: await readChildren(db, unitId, true),
      held: seesPeople ? await readHolders(db, unitId, today) : [],
      bodies: await readBodies(db, unitId, today),
      history: await readHistory(db, unitId),
      mayKeep: whyNotPermitted('organisations.open-unit', me.posts, unit.path) === undefined,
    }
  })
  const { unit, standing, bodies } = read
  const centre = centresAt(unit.path)
  const centreUnit = centreUnitOf(unit.kind, isSchoolKind(unit.kind))
  const wantsCentre = !unit.closedOn && centreUnit !== undefined && (centre?.units.includes(centreUnit) ?? false)
  const hasCentre = bodies.some(({ kind }) => kind === 'support-centre')
  return {
    unit: { ...unit, ...(standing ?? { regionCode: null, openedOn: null, stage: null }) },
    ancestors: read.ancestors,
    children: read.children,
    posts: read.seesPeople && !unit.closedOn ? await postsOf(services, unit, read.held) : [],
    bodies: bodies.map((body) => ({ ...body, missing: whatBodyLacks(body, centre?.needs ?? []) })),
    bodiesMissing: wantsCentre && !hasCentre ? [{ kind: 'support-centre', label: bodyKinds['support-centre'] }] : [],
    history: read.history,
    mayKeep: read.mayKeep,
  }
}

import { uuidv7 } from 'uuidv7'
import { bodyKinds, centreUnitOf, type establishBody as declared, isSchoolKind } from '#contract/organisations'
import { type BodyOf, notFound, Refusal } from '#contract/platform'
import { type Actor, audit, type Db, type Services, sql } from '#server/platform'
import { getTreeUnit } from './find-unit.ts'
import { insist, type WhyNot } from './rights.ts'

type NewBody = BodyOf<typeof declared>

const whyNotEstablish = async (db: Db, unitId: string, body: NewBody): Promise<Refusal | undefined> => {
  const standing = await db.first<{ id: string }>(sql`select id from bodies
    where unit_id = ${unitId} and kind = ${body.kind} and (until_date is null or until_date > ${body.fromDate}::date)`)
  if (standing) return new Refusal('organisations.body-stands', `这里已经成立了${bodyKinds[body.kind]}。`)
  const ids = body.members.map(({ personId }) => personId)
  if (new Set(ids).size < ids.length)
    return new Refusal('organisations.member-twice', '成员名单里有重复的人。', 'invalid')
  if (body.members.filter(({ role }) => role === 'head').length > 1) {
    return new Refusal('organisations.two-heads', '负责人只能有一位。', 'invalid')
  }
  const known = await db.rows(sql`select id from people where id = any(${ids}::uuid[]) and left_on is null`)
  return known.length < ids.length ? notFound() : undefined
}

/**
 * Sets up a support centre or leadership group with its members. [C1 C21] The same id twice sets up one. Refuses
 * `organisations.body-stands`, `.two-heads`, `.member-twice`, `.no-body-here`, and members the reader does not see.
 */
export const establishBody = (
  services: Services,
  whyNot: WhyNot,
  actor: Actor,
  unitId: string,
  body: NewBody,
): Promise<{ id: string }> =>
  services.door.asActor(actor, async (db, me) => {
    const unit = await getTreeUnit(db, unitId)
    insist(whyNot('organisations.establish-body', me.posts, unit.path))
    if (!centreUnitOf(unit.kind, isSchoolKind(unit.kind)) || unit.closedOn) {
      throw new Refusal('organisations.no-body-here', `${unit.name}不设${bodyKinds[body.kind]}。`, 'invalid')
    }
    const known = await db.first(sql`select 1 as known from bodies where id = ${body.id} and unit_id = ${unitId}`)
    if (known) return { id: body.id }
    insist(await whyNotEstablish(db, unitId, body))
    await db.change(sql`insert into bodies (id, unit_id, scope, kind, name, place, document, from_date)
      values (${body.id}, ${unitId}, ${unit.path}, ${body.kind}, ${body.name}, ${body.place}, ${body.document}, ${body.fromDate})`)
    const members = body.members.map((member) => ({ id: uuidv7(), ...member }))
    await db.change(sql`insert into body_members (id, body_id, scope, person_id, role, from_date)
      select m.id, ${body.id}, ${unit.path}, m."personId", m.role, ${body.fromDate}
      from jsonb_to_recordset(${JSON.stringify(members)}::jsonb) as m (id uuid, "personId" uuid, role text)`)
    await audit(db, {
      actorId: me.personId,
      action: 'organisations.establish-body',
      outcome: 'done',
      scope: unit.path,
      subject: body.id,
      detail: { kind: body.kind, members: members.length },
    })
    return { id: body.id }
  })

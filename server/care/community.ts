import { uuidv7 } from 'uuidv7'
import {
  type listCommunityContacts as contactsListing,
  followUp,
  type listCommunityPairs as listing,
  type logCommunityContact as logging,
  type pairCommunity as pairing,
} from '#contract/care'
import type { Flow } from '#contract/flows'
import { whyNotPermitted } from '#contract/people'
import { type AnswerOf, type BodyOf, notFound, type ParamsOf, Refusal } from '#contract/platform'
import { type Engine, openCaseWithin, type Procedure } from '#server/flows'
import { type Actor, audit, type Services, sql } from '#server/platform'
import { getKeptUnit, getUnitPath } from './kept-unit.ts'

/** Follow-up of what the neighbourhood tells. [X8] */
export const followUpProcedure: Procedure = { flow: followUp as Flow, about: 'student' }

/** Pairs a cadre of the school with a community; the same id twice pairs once. Refuses `people.not-permitted`, not-found. */
export const pairCommunity = async (
  services: Services,
  actor: Actor,
  schoolId: string,
  { id, cadreId, community, contact, fromDate }: BodyOf<typeof pairing>,
): Promise<Record<string, never>> => {
  const { me, path, cadre } = await services.door.asActor(actor, async (db, person) => {
    const at = await getUnitPath(db, schoolId)
    const refusal = whyNotPermitted('care.pair-community', person.posts, at)
    if (refusal) throw refusal
    const found = await db.first<{ name: string }>(
      sql`select name from people where id = ${cadreId} and left_on is null`,
    )
    if (!found) throw notFound()
    return { me: person, path: at, cadre: found }
  })
  await services.door.asJob('importer', async (db) => {
    await db.change(sql`insert into community_pairs (school_id, id, scope, cadre_id, cadre_name, community, contact_cipher, from_date)
      values (${schoolId}, ${id}, ${path}, ${cadreId}, ${cadre.name}, ${community},
        ${contact ? services.secrets.seal(contact) : null}, ${fromDate}) on conflict (school_id, id) do nothing`)
    await audit(db, {
      actorId: me.personId,
      action: 'care.pair-community',
      outcome: 'done',
      scope: path,
      schoolId,
      subject: id,
    })
  })
  return {}
}

/** Pairs at and below a unit with how often they spoke; of a class those of its school. Refuses not-found. */
export const listCommunityPairs = (
  services: Services,
  actor: Actor,
  unitId: string,
): Promise<AnswerOf<typeof listing>> =>
  services.door.asActor(actor, async (db, me) => {
    const unit = await getKeptUnit(db, unitId)
    const mayPair = unit.isSchool && !whyNotPermitted('care.pair-community', me.posts, unit.path)
    return {
      mayPairAt: mayPair ? unit.id : null,
      pairs: await db.rows(sql`select p.id, p.school_id as "schoolId", u.name as "schoolName", p.cadre_id as "cadreId",
          p.cadre_name as "cadreName", p.cadre_id = ${me.personId} as mine, p.community, p.from_date as "fromDate",
          count(c.id)::int as contacts, max(c.on_date) as "lastOn"
        from community_pairs p join units u on u.id = p.school_id
          left join community_contacts c on c.school_id = p.school_id and c.pair_id = p.id
        where p.scope ^@ ${unit.path} and p.until_date is null
        group by p.school_id, p.id, u.id order by u.name_order, p.community, p.id limit 200`),
    }
  })

/**
 * The log of a pair: when and by whom; what was said is read by its cadre and who keeps pairs at the school. Refuses
 * not-found. [X8]
 */
export const listCommunityContacts = async (
  services: Services,
  actor: Actor,
  { schoolId, pairId }: ParamsOf<typeof contactsListing>,
): Promise<AnswerOf<typeof contactsListing>> => {
  const reads = await services.door.asActor(actor, async (db, me) => {
    const pair = await db.first<{ cadreId: string; scope: string }>(sql`select cadre_id as "cadreId", scope
      from community_pairs where school_id = ${schoolId} and id = ${pairId}`)
    if (!pair) throw notFound()
    return pair.cadreId === me.personId || !whyNotPermitted('care.pair-community', me.posts, pair.scope)
  })
  return services.door.asJob('importer', async (db) => {
    const { secrets } = services
    const pair = await db.first<{ sealed: Buffer | null }>(
      sql`select contact_cipher as sealed from community_pairs where school_id = ${schoolId} and id = ${pairId}`,
    )
    const rows = await db.rows<{ id: string; on: string; by: string; sealed: Buffer }>(sql`select id, on_date as "on",
        author_name as by, text_cipher as sealed from community_contacts
      where school_id = ${schoolId} and pair_id = ${pairId} order by on_date desc, id desc limit 100`)
    return {
      contact: reads && pair?.sealed ? secrets.open(pair.sealed) : null,
      contacts: rows.map(({ sealed, ...row }) => ({ ...row, text: reads ? secrets.open(sealed) : null })),
    }
  })
}

/**
 * Logs a contact; a change at a student's home opens a follow-up with the class teacher in the same transaction. Only the
 * cadre of the pair. Refuses not-found, `care.not-your-pair`, `care.contact-day`.
 */
export const logCommunityContact = async (
  engine: Engine,
  actor: Actor,
  { schoolId, pairId }: ParamsOf<typeof logging>,
  { id, on, text, change }: BodyOf<typeof logging>,
): Promise<AnswerOf<typeof logging>> => {
  const { services } = engine
  if (on > services.today())
    throw new Refusal('care.contact-day', '日期不能晚于今天。', 'invalid', [{ field: 'on', reason: '不能晚于今天' }])
  const { me, scope, ground } = await services.door.asActor(actor, async (db, person) => {
    const pair = await db.first<{ cadreId: string; scope: string }>(sql`select cadre_id as "cadreId", scope
      from community_pairs where school_id = ${schoolId} and id = ${pairId} and until_date is null`)
    if (!pair) throw notFound()
    if (pair.cadreId !== person.personId)
      throw new Refusal('care.not-your-pair', '联系记录由结对的校干填写。', 'forbidden')
    const student = change
      ? await db.first<{ scope: string }>(
          sql`select scope from students where school_id = ${schoolId} and id = ${change.studentId}`,
        )
      : undefined
    if (change && !student) throw notFound()
    return { me: person, scope: pair.scope, ground: student?.scope ?? pair.scope }
  })
  return services.door.asJob('importer', async (db) => {
    const known = await db.first(
      sql`select 1 as known from community_contacts where school_id = ${schoolId} and id = ${id}`,
    )
    if (known) return { followUp: null }
    await db.change(sql`insert into community_contacts (school_id, id, pair_id, scope, on_date, author_id, author_name, text_cipher)
      values (${schoolId}, ${id}, ${pairId}, ${scope}, ${on}, ${me.personId}, ${me.name}, ${services.secrets.seal(text)})`)
    if (!change) return { followUp: null }
    const wish = {
      id: uuidv7(),
      flow: followUp.id,
      move: 'tell',
      stepId: uuidv7(),
      studentId: change.studentId,
      content: { facts: change.facts },
      fields: {},
      reason: null,
    }
    await openCaseWithin(db, engine, me, schoolId, wish, { scope: ground, schoolPath: scope })
    return { followUp: wish.id }
  })
}

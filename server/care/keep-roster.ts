import type { endRosterEntry as ended, enterRoster as entered, listRoster as listed } from '#contract/care'
import { whyNotPermitted } from '#contract/people'
import { type AnswerOf, type BodyOf, notFound, type ParamsOf, Refusal } from '#contract/platform'
import { type Actor, audit, type Services, sql } from '#server/platform'
import { getKeptUnit, getUnitPath } from './kept-unit.ts'

/** Longest stretch entered at once, in days: a roster is looked at again. 平台口径 */
const longestDays = 62

/** Who is on duty, stands in or is absent from now on. Refuses `people.not-permitted`. */
export const listRoster = (
  services: Services,
  actor: Actor,
  unitId: string,
  now: Date,
): Promise<AnswerOf<typeof listed>> =>
  services.door.asActor(actor, async (db, me) => {
    const { id, path, name, askedPath } = await getKeptUnit(db, unitId)
    const refusal = whyNotPermitted('care.see-roster', me.posts, askedPath)
    if (refusal) throw refusal
    const entries = await db.rows<
      AnswerOf<typeof listed>['entries'][number]
    >(sql`select d.id, d.person_id as "personId",
        coalesce(p.name, '') as name, d.part, d.from_at as "fromAt", d.until_at as "untilAt", d.from_at <= ${now} as now
      from duty_rosters d left join people p on p.id = d.person_id
      where d.unit_id = ${id} and d.until_at > ${now} order by d.from_at, d.id limit 500`)
    return { unitId: id, unitName: name, entries, mayKeep: !whyNotPermitted('care.keep-roster', me.posts, path) }
  })

/** Enters a stretch of the roster; the same id twice enters once. Refuses `people.not-permitted`, `care.roster-span`, not-found. */
export const enterRoster = async (
  services: Services,
  actor: Actor,
  unitId: string,
  { id, personId, part, fromAt, untilAt }: BodyOf<typeof entered>,
): Promise<Record<string, never>> => {
  const days = (Date.parse(untilAt) - Date.parse(fromAt)) / 86_400_000
  if (!(days > 0 && days <= longestDays))
    throw new Refusal('care.roster-span', `结束要晚于开始,一次最多排 ${longestDays} 天。`, 'invalid', [
      { field: 'untilAt', reason: `晚于开始,最多 ${longestDays} 天` },
    ])
  const { me, path } = await services.door.asActor(actor, async (db, person) => {
    const at = await getUnitPath(db, unitId)
    const refusal = whyNotPermitted('care.keep-roster', person.posts, at)
    if (refusal) throw refusal
    const known = await db.first(sql`select 1 as known from people where id = ${personId} and left_on is null`)
    if (!known) throw notFound()
    return { me: person, path: at }
  })
  await services.door.asJob('importer', async (db) => {
    await db.change(sql`insert into duty_rosters (unit_id, id, unit_path, person_id, part, from_at, until_at, entered_by)
      values (${unitId}, ${id}, ${path}, ${personId}, ${part}, ${fromAt}, ${untilAt}, ${me.personId})
      on conflict (unit_id, id) do nothing`)
    await audit(db, {
      actorId: me.personId,
      action: 'care.enter-roster',
      outcome: 'done',
      scope: path,
      subject: personId,
      detail: { part },
    })
  })
  return {}
}

/** Ends a stretch now; one that has not begun was never. Refuses `people.not-permitted`, not-found. */
export const endRosterEntry = async (
  services: Services,
  actor: Actor,
  { unitId, entryId }: ParamsOf<typeof ended>,
  now: Date,
): Promise<Record<string, never>> => {
  const { me, path } = await services.door.asActor(actor, async (db, person) => {
    const at = await getUnitPath(db, unitId)
    const refusal = whyNotPermitted('care.keep-roster', person.posts, at)
    if (refusal) throw refusal
    return { me: person, path: at }
  })
  await services.door.asJob('importer', async (db) => {
    const closed =
      await db.change(sql`update duty_rosters set until_at = greatest(${now}, from_at + interval '1 second')
      where unit_id = ${unitId} and id = ${entryId} and until_at > ${now}`)
    if (closed === 0) throw notFound()
    await audit(db, {
      actorId: me.personId,
      action: 'care.end-roster-entry',
      outcome: 'done',
      scope: path,
      subject: entryId,
    })
  })
  return {}
}

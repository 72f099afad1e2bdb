import { uuidv7 } from 'uuidv7'
import type { freezeCoverage as endpoint } from '#contract/counts'
import { type PostId, whyNotPermitted } from '#contract/people'
import type { AnswerOf, BodyOf } from '#contract/platform'
import { holderOf, type Plans } from '#server/duties'
import { type Actor, audit, type Db, type Services, type Statement, sql } from '#server/platform'
import type { Registry } from '#server/policies'
import { type Coverage, namesOpen, readCoverage, wordsFor } from './get-coverage.ts'
import { missingStatement, readMissing } from './list-missing.ts'
import { findMissingAsOf } from './missing-as-of.ts'
import { type MissingGroup, type Opened, ownerPost } from './open-names.ts'

type Words = Pick<Coverage['coverages'][number], 'label' | 'cite'>

/** What a kept page holds. Whoever opens it is shown of it what their post may see. */
export interface FrozenContent extends Pick<Coverage, 'unit' | 'periodLabel' | 'rows' | 'total'> {
  readonly coverages: readonly (Pick<Coverage['coverages'][number], 'id' | 'short' | 'sentence' | 'standpoint'> & {
    readonly secrecy: number
    readonly namesFor: readonly PostId[]
    /** Whether the list of names was kept: whoever kept the page could open it. */
    readonly listed: boolean
    readonly open: Words
    readonly neutral: Words
    /** Units without their centre; empty where students are counted. */
    readonly units: readonly { readonly id: string; readonly name: string; readonly missing: string }[]
  })[]
}

const mostUnits = 10_000

/** Who is missing, by their ids: today's as the person sees it, of a day gone by as it is counted back. */
const findIds = async (
  services: Services,
  plans: Plans,
  actor: Actor,
  opened: Opened,
): Promise<{ readonly groups: readonly MissingGroup[]; readonly classRules: readonly number[] | null }> => {
  if (opened.scene.on < services.today()) return findMissingAsOf(services, plans, opened)
  return { groups: await services.door.readAsActor<MissingGroup>(actor, missingStatement(opened)), classRules: null }
}

// Names are read through the row policies of whoever keeps them, a class at a time put together.
const keepNames = (
  freezeId: string,
  actor: Actor,
  { scene, view }: Opened,
  { groups, classRules }: Awaited<ReturnType<typeof findIds>>,
): Statement => {
  const post = ownerPost(view)
  const perClass = post !== 'mentor'
  const students = groups.flatMap(({ schoolId, ids }) => ids.map((id) => ({ schoolId, id })))
  return {
    text: `with place as materialized (
        select scope, ${perClass ? holderOf(post, 'p', '$1::date') : 'null::text'} as owner from unnest($2::text[]) p(scope))
      insert into frozen_lists (school_id, freeze_id, coverage, scope, secrecy, frozen_by, names)
      select s.school_id, $3::uuid, $4::int, s.scope, $5::smallint, $6::uuid,
        jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'number', s.number, 'className', k.name, 'schoolName', u.name,
          'ownerName', ${perClass ? 'p.owner' : holderOf(post, 't', '$1::date')}) order by s.name_order, s.id)
      from unnest($7::uuid[], $8::uuid[]) t(school_id, student_id)
        join students s on s.school_id = t.school_id and s.id = t.student_id
        join units k on k.id = s.class_id join units u on u.id = s.school_id
        left join place p on p.scope = s.scope
      where $9::int[] is null or exists (select from class_spells c where c.school_id = s.school_id and c.student_id = s.id
        and c.rule = any($9::int[]) and c.since <= $1::date and (c.until is null or c.until > $1::date))
      group by s.school_id, s.scope
      returning jsonb_array_length(names) as many`,
    values: [
      scene.on,
      groups.map(({ scope }) => scope),
      freezeId,
      view.number,
      view.secrecy,
      actor.personId,
      students.map(({ schoolId }) => schoolId),
      students.map(({ id }) => id),
      classRules,
    ],
  }
}

/**
 * 定格: keeps the coverage page of a unit as it is known at this moment, with the names this person may open. What is kept
 * is never changed; later corrections move what is counted back, not this. Refuses not-found and `people.not-permitted`.
 * [C12 C13]
 */
export const freezeCoverage = async (
  services: Services,
  registry: Registry,
  plans: Plans,
  actor: Actor,
  unitId: string,
  { on, note }: BodyOf<typeof endpoint>,
): Promise<AnswerOf<typeof endpoint>> => {
  const { scene, answer } = await readCoverage(services, registry, plans, actor, unitId, on)
  const refusal = whyNotPermitted('counts.freeze', actor.posts, scene.unit.path)
  if (refusal) throw refusal
  const id = uuidv7()
  const shown = scene.views.filter(({ number }) => answer.coverages.some((one) => one.id === number))
  const lists: { opened: Opened; found: Awaited<ReturnType<typeof findIds>> }[] = []
  const coverages: FrozenContent['coverages'][number][] = []
  for (const view of shown) {
    const opened = { scene, view }
    const listed = namesOpen(scene, actor, view)
    const ofUnits = view.rule.denominator.kind === 'units'
    if (listed && !ofUnits && view.planned) lists.push({ opened, found: await findIds(services, plans, actor, opened) })
    const units = listed && ofUnits ? await readMissing(services, actor, opened, undefined, mostUnits, null) : undefined
    const head = answer.coverages.find((one) => one.id === view.number)
    if (!head) continue
    coverages.push({
      id: head.id,
      short: head.short,
      sentence: head.sentence,
      standpoint: head.standpoint,
      secrecy: view.secrecy,
      namesFor: view.rule.namesFor,
      listed,
      open: wordsFor(view, true),
      neutral: wordsFor(view, false),
      units: units?.units ?? [],
    })
  }
  const { unit, periodLabel, rows, total } = answer
  const content: FrozenContent = { unit, periodLabel, rows, total, coverages }
  const names = await services.door.asActor(actor, async (db: Db) => {
    await db.change(sql`insert into coverage_freezes (id, unit_id, scope, as_of, note, content, frozen_by, frozen_by_name)
      select ${id}, ${unitId}, ${scene.unit.path}, ${scene.on}::date, ${note}, ${JSON.stringify(content)}::jsonb, p.id, p.name
      from people p where p.id = ${actor.personId}`)
    let many = 0
    for (const { opened, found } of lists)
      for (const row of await db.rows<{ many: number }>(keepNames(id, actor, opened, found))) many += row.many
    await audit(db, {
      actorId: actor.personId,
      action: 'counts.freeze-coverage',
      outcome: 'done',
      scope: scene.unit.path,
      subject: unitId,
      detail: { freeze: id, on: scene.on, names: many },
    })
    return many
  })
  return { id, names }
}

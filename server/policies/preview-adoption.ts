import { rangeOf } from '#contract/organisations'
import { postLabel } from '#contract/people'
import type { AnswerOf, PlainDate } from '#contract/platform'
import { notFound } from '#contract/platform'
import type { DutyRule, listPreviewNames, PreviewWish, previewAdoption } from '#contract/policies'
import { type SecrecyDomain, secrecyDomains } from '#contract/students'
import { type Actor, audit, type Db, reachOf, type Services, sql } from '#server/platform'
import { adoptionOf, whyNotAdopt } from './adopt-pack.ts'
import { getUnitFor, type UnitHere } from './find-unit.ts'
import {
  type Alike,
  type ClassMove,
  groupAlike,
  membersNow,
  namesStatement,
  previewClasses,
  previewStudents,
  type Side,
  type WhatIf,
} from './preview-classes.ts'
import { indicatorsOf } from './preview-indicators.ts'
import type { Registry } from './registry.ts'

type Answer = AnswerOf<typeof previewAdoption>
type ClassLine = Answer['classes'][number]
type LoadLine = Answer['load'][number]

interface School {
  readonly id: string
  readonly path: string
  readonly name: string
}

const mostSchoolsShown = 200

interface Opened {
  readonly unit: UnitHere
  readonly asked: WhatIf
  readonly schools: readonly School[]
  readonly sees: (domain: SecrecyDomain) => boolean
}

const open = async (
  services: Services,
  registry: Registry,
  actor: Actor,
  unitId: string,
  wish: PreviewWish,
): Promise<Opened> => {
  const unit = await getUnitFor(services, actor, unitId, 'policies.preview-adoption')
  const { adoption } = adoptionOf(registry, unit.path, wish)
  const { lo, hi } = rangeOf(unit.path)
  const schools = await services.door.readAsActor<School>(
    actor,
    sql`select id, path, name from units where school_id = id and closed_on is null
      and ((path >= ${lo} and path < ${hi}) or starts_with(${unit.path}, path)) order by path`,
  )
  const open = reachOf(actor).domainsAt(unit.path)
  const on = wish.from
  return {
    unit,
    schools,
    asked: { schools, adoption, on },
    sees: (domain) => open.has(secrecyDomains[domain].code),
  }
}

const classesOf = (
  groups: readonly Alike[],
  moves: readonly ClassMove[],
  members: ReadonlyMap<number, number>,
  { schools, sees }: Opened,
): ClassLine[] => {
  const lines = new Map<number, ClassLine>()
  for (const { before, after, moved } of groups)
    for (const { number, ref } of moved) {
      if (lines.has(number)) continue
      const [was, is] = [
        before.rules.who.find((rule) => rule.ref === ref),
        after.rules.who.find((rule) => rule.ref === ref),
      ]
      const rule = is ?? was
      if (!rule) continue
      const own = moves.filter((move) => move.number === number)
      const visible = sees(rule.secrecy) && (was === undefined || sees(was.secrecy))
      const sum = (side: Side) => own.reduce((total, move) => total + move[side], 0)
      lines.set(number, {
        number,
        label: rule.label,
        domain: secrecyDomains[rule.secrecy].label,
        change: was === undefined ? 'added' : is === undefined ? 'ended' : 'changed',
        moves: visible ? { enter: sum('enter'), leave: sum('leave'), unknown: sum('unknown') } : null,
        membersNow: visible ? (members.get(number) ?? 0) : null,
        schools: visible
          ? own.slice(0, mostSchoolsShown).map(({ schoolId, enter, leave, unknown }) => ({
              id: schoolId,
              name: schools.find(({ id }) => id === schoolId)?.name ?? '',
              enter,
              leave,
              unknown,
            }))
          : [],
      })
    }
  return [...lines.values()]
}

const sameDuty = (one: DutyRule, other: DutyRule): boolean =>
  JSON.stringify([one.does, one.per, one.atLeast, one.by, one.for]) ===
  JSON.stringify([other.does, other.per, other.atLeast, other.by, other.for])

const loadOf = (
  groups: readonly Alike[],
  moves: readonly ClassMove[],
  membersAt: (schoolId: string, number: number) => number,
  { schools, sees }: Opened,
): LoadLine[] => {
  const lines = new Map<string, LoadLine>()
  for (const { before, after, schoolIds, moved } of groups) {
    const refs = new Set([...before.rules.duties, ...after.rules.duties].map(({ ref }) => ref))
    for (const ref of refs) {
      const was = before.rules.duties.find((duty) => duty.ref === ref)
      const is = after.rules.duties.find((duty) => duty.ref === ref)
      const duty = is ?? was
      if (!duty) continue
      const change = !was ? 'added' : !is ? 'ended' : sameDuty(was, is) ? 'same' : 'changed'
      if (change === 'same' && !moved.some((one) => one.ref === duty.for)) continue
      const secrets = [was, is].flatMap((one) => {
        const rules = one === was ? before.rules : after.rules
        return rules.who.filter((rule) => rule.ref === one?.for).map(({ secrecy }) => secrecy)
      })
      if (!secrets.every(sees)) continue
      const key = `${ref} ${duty.by}`
      const line = lines.get(key) ?? {
        post: postLabel(duty.by),
        duty: duty.label,
        change,
        before: 0,
        after: 0,
        schools: [],
      }
      for (const id of schoolIds) {
        const count = (one: DutyRule | undefined, inForce: Alike['before'], moves_: boolean): number => {
          if (!one) return 0
          const number = inForce.classNumber(one.for)
          const move = moves_ ? moves.find((some) => some.schoolId === id && some.number === number) : undefined
          return membersAt(id, number) + (move ? move.enter - move.leave : 0)
        }
        const [then, now] = [count(was, before, false), count(is, after, true)]
        line.before += then
        line.after += now
        if ((then !== now || change !== 'same') && then + now > 0 && line.schools.length < mostSchoolsShown)
          line.schools.push({ id, name: schools.find((one) => one.id === id)?.name ?? '', before: then, after: now })
      }
      lines.set(key, line)
    }
  }
  return [...lines.values()]
}

const inside = async (
  db: Db,
  registry: Registry,
  opened: Opened,
  today: PlainDate,
): Promise<Omit<Answer, 'unit' | 'obstacle'>> => {
  const { asked } = opened
  const moves = await previewClasses(db, registry, asked)
  const groups = groupAlike(registry, asked)
  const numbers = new Set(
    groups.flatMap(({ before, after, moved }) => [
      ...moved.map(({ number }) => number),
      ...before.rules.duties.map((duty) => before.classNumber(duty.for)),
      ...after.rules.duties.map((duty) => after.classNumber(duty.for)),
    ]),
  )
  const rows = await membersNow(
    db,
    asked.schools.map(({ id }) => id),
    [...numbers],
  )
  const members = new Map<number, number>()
  const bySchool = new Map<string, number>()
  for (const { schoolId, number, members: many } of rows) {
    members.set(number, (members.get(number) ?? 0) + many)
    bySchool.set(`${schoolId} ${number}`, many)
  }
  const membersAt = (schoolId: string, number: number) => bySchool.get(`${schoolId} ${number}`) ?? 0
  return {
    from: asked.on,
    schools: asked.schools.length,
    classes: classesOf(groups, moves, members, opened),
    load: loadOf(groups, moves, membersAt, opened),
    indicators: await indicatorsOf(db, groups, moves, opened.sees, today),
  }
}

/**
 * What adopting a version at a unit would bring: classes with who enters, leaves and becomes unknown, the load of posts,
 * the indicators that move. Read-only. Classes this person's post may not know of keep their figures to themselves.
 */
export const readPreview = async (
  services: Services,
  registry: Registry,
  actor: Actor,
  unitId: string,
  wish: PreviewWish,
): Promise<Answer> => {
  const opened = await open(services, registry, actor, unitId, wish)
  const found = await services.door.asJob('classifier', (db) => inside(db, registry, opened, services.today()))
  return {
    unit: { id: opened.unit.id, name: opened.unit.name },
    obstacle: whyNotAdopt(registry, opened.unit, wish, services.today())?.sentence ?? null,
    ...found,
  }
}

const pageSize = 50

/**
 * Names behind one figure of a preview. Which students is asked as the classifier; who of them this person sees is
 * decided by the row policies, and the look is on file. A class whose secrecy they don't see is not there. [G3 C13]
 */
export const readPreviewNames = async (
  services: Services,
  registry: Registry,
  actor: Actor,
  unitId: string,
  asked: PreviewWish & { readonly number: number; readonly side: Side; readonly page: number },
): Promise<AnswerOf<typeof listPreviewNames>> => {
  const opened = await open(services, registry, actor, unitId, asked)
  const rules = groupAlike(registry, opened.asked).flatMap(({ before, after, moved }) => {
    const one = moved.find(({ number }) => number === asked.number)
    return one ? [...before.rules.who, ...after.rules.who].filter(({ ref }) => ref === one.ref) : []
  })
  if (rules.length === 0 || !rules.every(({ secrecy }) => opened.sees(secrecy))) throw notFound()
  const found = await services.door.asJob('classifier', (db) =>
    previewStudents(db, registry, opened.asked, { ...asked, offset: asked.page * pageSize, limit: pageSize + 1 }),
  )
  const students = await services.door.asActor(actor, async (db) => {
    await audit(db, {
      actorId: actor.personId,
      action: 'policies.list-preview-names',
      outcome: 'read',
      scope: opened.unit.path,
      detail: { class: asked.number, students: Math.min(found.length, pageSize) },
    })
    return db.rows<AnswerOf<typeof listPreviewNames>['students'][number]>(namesStatement(found.slice(0, pageSize)))
  })
  return { students, more: found.length > pageSize }
}

import { uuidv7 } from 'uuidv7'
import { expect } from 'vitest'
import { getCoverage } from '#contract/counts'
import { pairMentor } from '#contract/mentoring'
import type { PostId } from '#contract/people'
import type { DutyRule, RecordKindDefinition } from '#contract/policies'
import { addRecord } from '#contract/records'
import { explainClass, getStudent } from '#contract/students'
import { type Child, openWorld, type Someone, testDay, type Unit } from './test-world.ts'
import type { Lay } from './test-world-units.ts'

type Facts = Record<string, Record<string, unknown>>
type Fields = Record<string, string | number | boolean | number[]>

interface Act {
  /** Id of the record kind, as the packs write it. */
  readonly kind: string
  readonly on?: string
  readonly mode?: number
  readonly fields?: Fields
}

/** Who owes what, what does not settle it, what does, and which coverage moves by it. */
export interface Owed {
  /** The duty as `issuer/id`. */
  readonly duty: string
  readonly facts: Facts
  /** Columns of the student's own row: stage, grade. */
  readonly roster?: Readonly<Record<string, unknown>>
  /** Facts of a child of the same class that owes nothing. */
  readonly others?: Facts
  readonly othersRoster?: Readonly<Record<string, unknown>>
  /** What makes it due, for a duty that follows an event; and an event that does not. */
  readonly event?: Act & { readonly by?: PostId }
  readonly quiet?: Act & { readonly by?: PostId }
  readonly short?: Act
  readonly act: Act
  readonly coverage?: number
}

/** A world under one pack: the running program, with a way to show a duty from the fact to the figure. */
export const openPlace = async (lay: Lay) => {
  const world = await openWorld(testDay, { lay })
  const { registry } = world.program
  const { units, owner, call } = world
  const staff = new Map<string, Someone>()
  const unitOf = (post: PostId): Unit => {
    if (post.startsWith('county-')) return units.county
    return post === 'class-teacher' || post === 'counsellor' ? units.classA1 : units.schoolA
  }
  const by = async (post: PostId): Promise<Someone> => {
    const known = staff.get(post)
    if (known) return known
    const who = await world.someone(post, unitOf(post))
    staff.set(post, who)
    return who
  }
  const rules = () => registry.inForce(units.classA1.path, testDay)
  const dutyOf = (ref: string): DutyRule => {
    const rule = rules().rules.duties.find((one) => one.ref === ref)
    if (!rule) throw new Error(`${ref} is not in force`)
    return rule
  }
  const kindOf = (id: string): RecordKindDefinition => {
    const kinds = rules().rules.records.filter((one) => one.id === id)
    const kind = kinds.at(-1)
    if (!kind) throw new Error(`no record kind ${id}`)
    return kind
  }
  const enrol = async (name: string, facts: Facts, roster: Readonly<Record<string, unknown>> = {}): Promise<Child> => {
    const child = await world.child(units.classA1, name, facts)
    for (const [column, value] of Object.entries(roster))
      await owner.query(`update students set ${column} = $1 where school_id = $2 and id = $3`, [
        value,
        child.schoolId,
        child.id,
      ])
    return child
  }
  const pair = async (child: Child, mentor: Someone): Promise<void> => {
    const paired = await call(await by('school-aid-officer'), pairMentor, {
      params: { schoolId: child.schoolId, studentId: child.id },
      body: { id: uuidv7(), mentorId: mentor.personId, fromDate: '2025-09-01' },
    })
    expect(paired.body.refusal).toBeUndefined()
  }
  const fileOf = async (who: Someone, child: Child) =>
    (await call(who, getStudent, { params: { schoolId: child.schoolId, studentId: child.id } })).body
  const write = async (who: Someone, child: Child, act: Act) => {
    const answer = await call(who, addRecord, {
      params: { schoolId: child.schoolId },
      body: {
        id: uuidv7(),
        kind: kindOf(act.kind).number,
        studentIds: [child.id],
        actDate: act.on ?? testDay,
        mode: act.mode ?? null,
        fields: act.fields ?? {},
      },
    })
    expect(answer.body.refusal).toBeUndefined()
    return answer.body
  }
  const figure = async (coverage: number) =>
    (await call(await by('school-aid-officer'), getCoverage, { params: { unitId: units.schoolA.id } })).body.total[
      String(coverage)
    ]
  // The period that runs now first; one that passed without the act may stand behind it.
  const dutyOn = async (who: Someone, child: Child, rule: DutyRule) =>
    (await fileOf(who, child)).duties
      .filter(({ rule: number }) => number === rules().dutyNumber(rule.ref))
      .sort((a, b) => (b.dueOn ?? '').localeCompare(a.dueOn ?? ''))

  /** Follows one duty through the program, from the fact to the figure. */
  const showOwed = async (owed: Owed): Promise<void> => {
    const rule = dutyOf(owed.duty)
    const who = await by(rule.by)
    const child = await enrol('应有', owed.facts, owed.roster)
    const other = await enrol('不在其列', owed.others ?? {}, owed.othersRoster)
    await world.classify(units.schoolA)
    if (rule.by === 'mentor') for (const one of [child, other]) await pair(one, who)
    if (owed.event) {
      const { by: post = 'class-teacher', ...act } = owed.event
      expect(await dutyOn(who, child, rule)).toEqual([])
      if (owed.quiet) {
        const { by: poster = 'class-teacher', ...quiet } = owed.quiet
        await write(await by(poster), child, quiet)
        expect(await dutyOn(who, child, rule)).toEqual([])
      }
      await write(await by(post), child, act)
    }
    const [due] = await dutyOn(who, child, rule)
    expect(due).toMatchObject({ title: rule.neutralTitle, done: 0, need: rule.atLeast })
    expect(due?.state).not.toBe('done')
    expect(due?.cite).not.toBe('')
    expect(await dutyOn(who, other, rule)).toEqual([])
    const before = owed.coverage === undefined ? undefined : await figure(owed.coverage)
    if (owed.short) {
      await write(who, child, owed.short)
      expect((await dutyOn(who, child, rule))[0]?.done).toBe(0)
    }
    for (let times = 1; times <= rule.atLeast; times++) {
      const told = await write(who, child, owed.act)
      if (!owed.event) expect(told.counted).toContainEqual({ title: rule.neutralTitle, met: times === rule.atLeast })
    }
    expect((await dutyOn(who, child, rule))[0]).toMatchObject({ state: 'done', done: rule.atLeast })
    if (before && owed.coverage !== undefined)
      expect(await figure(owed.coverage)).toMatchObject({ need: before.need, met: before.met + 1 })
  }

  /** Follows a duty that somebody be in post for the student: owed until a mentor is paired. */
  const showMentored = async (ref: string, facts: Facts, coverage: number): Promise<void> => {
    const rule = dutyOf(ref)
    const who = await by(rule.by)
    const child = await enrol('应有', facts)
    const other = await enrol('不在其列', {})
    await world.classify(units.schoolA)
    expect((await dutyOn(who, child, rule))[0]).toMatchObject({ title: rule.neutralTitle, done: 0, need: 1 })
    expect(await dutyOn(who, other, rule)).toEqual([])
    const before = await figure(coverage)
    await pair(child, await by('mentor'))
    expect((await dutyOn(who, child, rule))[0]).toMatchObject({ state: 'done', done: 1 })
    expect(await figure(coverage)).toMatchObject({ need: before?.need, met: (before?.met ?? 0) + 1 })
  }

  /** Writes a record that no duty asks for: refused without a field it needs, then on the student's file and no other's. */
  const showRecord = async (post: PostId, act: Act, without: string): Promise<void> => {
    const who = await by(post)
    const child = await enrol('有记录', {})
    const other = await enrol('没有记录', {})
    await world.classify(units.schoolA)
    const kind = kindOf(act.kind)
    const { [without]: _left, ...fewer } = act.fields ?? {}
    const refused = await call(who, addRecord, {
      params: { schoolId: child.schoolId },
      body: { id: uuidv7(), kind: kind.number, studentIds: [child.id], actDate: testDay, mode: null, fields: fewer },
    })
    expect(refused.body.refusal?.fields.map(({ field }) => field)).toEqual([without])
    const { id } = await write(who, child, act)
    expect((await fileOf(who, child)).timeline).toMatchObject([{ id, kind: kind.number, kindLabel: kind.label }])
    expect((await fileOf(who, other)).timeline).toEqual([])
  }

  /** Whether a child of these facts is in a class, and the article the program gives for it. */
  const classOf = async (ref: string, facts: Facts, roster?: Readonly<Record<string, unknown>>, post?: PostId) => {
    const child = await enrol('归类', facts, roster)
    await world.classify(units.schoolA)
    const who = await by(post ?? 'school-aid-officer')
    const number = rules().classNumber(ref as never)
    const file = await fileOf(who, child)
    const why = await call(who, explainClass, {
      params: { schoolId: child.schoolId, studentId: child.id, rule: number },
    })
    return {
      child,
      isIn: file.classes.some(({ rule }) => rule === number),
      answer: why.body.answer,
      article: why.body.article,
    }
  }
  return { world, by, enrol, fileOf, write, figure, showOwed, showMentored, showRecord, classOf }
}

export type Place = Awaited<ReturnType<typeof openPlace>>

import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getCoverage } from '#contract/counts'
import { pairMentor } from '#contract/mentoring'
import {
  type ClassRule,
  type CoverageRule,
  chainOf,
  type DutyRule,
  type FactRef,
  factMeaning,
  type RecordKindDefinition,
  rulesInForce,
  type StudentExample,
} from '#contract/policies'
import { addRecord, getRecord } from '#contract/records'
import { readShippedPacks } from '#server/policies'
import { type Child, openWorld, type Someone, type World } from './test-world.ts'

// Names rules, not requirements: that a rule works does not show that all is done which a document asks.
const packs = readShippedPacks()
const inTerm = '2025-11-20'
const inVacation = '2026-02-05'

/** Where the school of a test stands: a college has counsellors and no class teachers. */
const grounds = [
  { issuer: 'xuzhou', above: ['national', 'jiangsu'], school: { kind: 'primary', stage: 2 }, today: inTerm },
  { issuer: 'zaoyang', above: ['national'], school: { kind: 'primary', stage: 2 }, today: inTerm },
  { issuer: 'shaanxi', above: ['national'], school: { kind: 'primary', stage: 2 }, today: inTerm },
  { issuer: 'suzhou-university', above: ['national', 'jiangsu'], school: { kind: 'college', stage: 8 }, today: inTerm },
  {
    issuer: 'jiangsu-normal-university',
    above: ['national', 'jiangsu'],
    school: { kind: 'college', stage: 8 },
    today: inTerm,
  },
  {
    issuer: 'jiangsu-normal-university',
    above: ['national', 'jiangsu'],
    school: { kind: 'college', stage: 8 },
    today: inVacation,
  },
  {
    issuer: 'changshu-institute-of-technology',
    above: ['national', 'jiangsu'],
    school: { kind: 'college', stage: 8 },
    today: inTerm,
  },
  {
    issuer: 'jiangsu-union-vocational',
    above: ['national', 'jiangsu'],
    school: { kind: 'vocational', stage: 6 },
    today: inTerm,
  },
] as const

/** One duty of a pack with the class it is for and the kind of record that does it. */
interface Owed {
  readonly duty: DutyRule
  readonly of: ClassRule
  readonly kind: RecordKindDefinition
  readonly counted: readonly CoverageRule[]
}

// Duties that a record does; those after an event are lived through in events.test.ts, appointments in pairing tests.
const owedUnder = (issuer: string, day: string): readonly Owed[] => {
  const rules = rulesInForce(chainOf(packs, issuer), day)
  return rules.duties.flatMap((duty): Owed[] => {
    if (duty.issuer !== issuer || duty.does.kind !== 'record' || duty.per.kind === 'after') return []
    const ofVacation = duty.per.kind === 'every' && duty.per.period === 'vacation'
    if (ofVacation !== (day === inVacation)) return []
    const { record } = duty.does
    const of = rules.who.find(({ ref }) => ref === duty.for)
    const kind = rules.records.find(({ id }) => id === record)
    const counted = rules.counts.filter(
      ({ numerator }) =>
        numerator.kind === 'duties' && numerator.duties.length === 1 && numerator.duties[0] === duty.ref,
    )
    return of && kind ? [{ duty, of, kind, counted }] : []
  })
}

const factsByDomain = ({ subject }: StudentExample): Record<string, Record<string, unknown>> => {
  const domains: Record<string, Record<string, unknown>> = {}
  for (const [fact, value] of Object.entries(subject.facts)) {
    const { domain } = factMeaning(fact as FactRef)
    domains[domain] = { ...domains[domain], [fact]: value }
  }
  return domains
}

// The content of the pack's own example, with the options this duty asks for.
const contentFor = ({ duty, kind }: Owed): Record<string, unknown> => {
  const [example] = kind.examples.in
  const where = duty.does.kind === 'record' ? duty.does.where : {}
  const wanted = Object.entries(where).map(([field, codes]) => {
    const multi = kind.fields.find(({ id }) => id === field)?.type === 'multi-code'
    return [field, multi ? [...codes] : codes[0]]
  })
  return { ...example?.content, ...Object.fromEntries(wanted) }
}

describe.each(grounds)('under the pack of $issuer on $today', ({ issuer, above, school, today }) => {
  let world: World
  let people: Map<string, Someone>
  let officer: Someone
  let principal: Someone
  beforeAll(async () => {
    world = await openWorld(today, {
      lay: {
        packs: [...above.map((one) => [one, 'province'] as const), [issuer, 'city'] as const],
        firstSchool: school,
      },
    })
    people = new Map()
    officer = await world.someone('county-aid-officer', world.units.county)
    principal = await world.someone('principal', world.units.schoolA)
  })
  afterAll(() => world?.close())

  const inPost = async (post: string, child: Child): Promise<Someone> => {
    const { classA1, schoolA, county } = world.units
    const ofClass = ['class-teacher', 'counsellor'].includes(post)
    const unit = ofClass ? classA1 : post.startsWith('county-') ? county : schoolA
    const someone = people.get(post) ?? (await world.someone(post, unit, `${post}乙`))
    people.set(post, someone)
    if (post === 'mentor') {
      const paired = await world.call(principal, pairMentor, {
        params: { schoolId: child.schoolId, studentId: child.id },
        body: { id: uuidv7(), mentorId: someone.personId, fromDate: today },
      })
      expect(paired.status).toBe(200)
    }
    return someone
  }

  const childOf = async ({ of, duty }: Owed): Promise<Child> => {
    const [example] = of.examples.in
    if (!example) throw new Error(`${of.ref} has no example`)
    const child = await world.child(world.units.classA1, `${duty.id}的学生`, factsByDomain(example))
    for (const [column, value] of Object.entries(example.subject.roster))
      if (['stage', 'grade', 'sex', 'birth_date', 'entered_on'].includes(column))
        await world.owner.query(`update students set ${column} = $2 where id = $1`, [child.id, value])
    await world.classify(world.units.schoolA)
    return child
  }

  const classesOf = async (child: Child): Promise<string[]> => {
    const { rows } = await world.owner.query(
      `select r.key from class_spells k join policy_rules r on r.number = k.rule where k.student_id = $1 and k.until is null`,
      [child.id],
    )
    return rows.map(({ key }) => key)
  }

  const metOf = async (number: number): Promise<number | undefined> => {
    const { body } = await world.call(officer, getCoverage, { params: { unitId: world.units.county.id } })
    return body.total[String(number)]?.met
  }

  test.each(owedUnder(issuer, today).map((owed) => [owed.duty.ref, owed.duty.label, owed] as const))(
    '%s, %s: who is in the class is owed it, the post does it, and it counts',
    async (_, __, owed) => {
      const { duty, of, kind, counted } = owed
      const child = await childOf(owed)
      expect(await classesOf(child)).toContain(of.ref)
      const who = await inPost(duty.by, child)
      const before = await Promise.all(counted.map(({ number }) => metOf(number)))
      const { mode = null, ...fields } = contentFor(owed)
      for (let n = 1; n <= duty.atLeast; n++) {
        const body = { id: uuidv7(), kind: kind.number, studentIds: [child.id], actDate: today, mode, fields }
        const answer = await world.call(who, addRecord, { params: { schoolId: child.schoolId }, body: body as never })
        expect(answer.body).toMatchObject({ stored: true })
        const said = answer.body.counted.filter(({ title }) => title === duty.neutralTitle)
        expect(said.map(({ met }) => met)).toContain(n === duty.atLeast)
      }
      const after = await Promise.all(counted.map(({ number }) => metOf(number)))
      expect(after).toEqual(before.map((met) => (met === undefined ? undefined : met + 1)))
    },
  )

  const kinds = packs.find((pack) => pack.issuer === issuer)?.rules.filter((rule) => rule.kind === 'record') ?? []
  test.each(kinds.map((kind) => [kind.ref, kind.label, kind] as const))(
    '%s, %s: what the document asks to be written is written and read back, and less is refused',
    async (_, __, kind) => {
      const child = await world.child(world.units.classA1, `${kind.id}的学生`)
      await world.classify(world.units.schoolA)
      const who = await inPost(whoWrites(kind), child)
      const write = ({ content }: { content: Readonly<Record<string, unknown>> }) => {
        const { mode = null, ...fields } = content
        const body = { id: uuidv7(), kind: kind.number, studentIds: [child.id], actDate: today, mode, fields }
        return world.call(who, addRecord, { params: { schoolId: child.schoolId }, body: body as never })
      }
      for (const example of kind.examples.in) {
        const written = await write(example)
        expect(written.body).toMatchObject({ stored: true })
        const key = { schoolId: child.schoolId, recordId: written.body.id }
        const { mode: _mode, ...fields } = example.content
        expect((await world.call(who, getRecord, { params: key })).body.values).toMatchObject(fields)
      }
      for (const example of kind.examples.out) expect((await write(example)).status).toBe(422)
    },
  )

  // Somebody at the school who sees what the kind of record is about.
  const whoWrites = ({ domain }: RecordKindDefinition): string => {
    const { guards } = rulesInForce(chainOf(packs, issuer), today)
    const sees = (post: string) =>
      guards.some(({ guards: one }) => one.kind === 'sees' && one.post === post && one.domains.includes(domain))
    return ['class-teacher', 'counsellor', 'principal', 'psychology-teacher'].find(sees) ?? 'principal'
  }
})

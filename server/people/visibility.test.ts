import fc from 'fast-check'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAtOrBelow } from '#contract/organisations'
import { type Actor, sql } from '#server/platform'
import { openTestTown, type TestPerson, type TestStudent, type TestTown, type TestUnit, testDay } from '../test-town.ts'
import { rewriteActorSettings } from './rewrite-actor-settings.ts'
import type { Sight } from './sight.ts'

let town: TestTown
let person: TestPerson
let actor: Actor
let places: readonly TestUnit[]
const students: TestStudent[] = []

const tables: Readonly<Record<number, string>> = {
  1: 'facts_general',
  2: 'facts_family',
  5: 'facts_psychology',
  6: 'facts_protection',
}
const domains = Object.keys(tables).map(Number)

beforeAll(async () => {
  town = await openTestTown()
  const { units } = town
  const point = await town.addUnit(units.schoolA, 'p', 'teaching-point', '柳堡教学点')
  const pointClass = await town.addUnit(point, '1', 'class', '一(1)班')
  const grade = await town.addUnit(units.schoolB, 'g', 'grade', '八年级')
  const gradeClass = await town.addUnit(grade, '1', 'class', '八(1)班')
  const classes = [units.classA1, units.classA2, units.classB1, pointClass, gradeClass]
  places = [units.county, units.office, units.schoolA, units.schoolB, point, grade, ...classes]
  for (const [index, unit] of classes.entries())
    for (const name of ['甲', '乙']) students.push(await town.addStudent(unit, `${name}${index}`))
  await town.asImporter(async (db) => {
    for (const { schoolId, id, scope } of students)
      for (const table of Object.values(tables))
        await db.change({
          text: `insert into ${table} (school_id, student_id, scope) values ($1, $2, $3)`,
          values: [schoolId, id, scope],
        })
  })
  person = await town.addPerson(units.schoolA, '任意一人')
  await town.appoint(person, units.schoolA, 'teacher')
  actor = await town.actorOf(person)
})
afterAll(() => town.close())

interface Post {
  readonly place: number
  readonly sight: Sight
}

const sight = fc.record({
  domains: fc.uniqueArray(fc.constantFrom(...domains), { minLength: 1, maxLength: 3 }),
  over: fc.constantFrom<Sight['over']>('class', 'school', 'unit', 'none', 'own-students'),
})
const anyPosts = fc.record({
  posts: fc.array(fc.record({ place: fc.nat({ max: 10 }), sight }), { maxLength: 3 }),
  pairs: fc.uniqueArray(fc.nat({ max: 9 }), { maxLength: 3 }),
  mentors: fc.uniqueArray(fc.constantFrom(...domains), { minLength: 1, maxLength: 3 }),
})

const schoolOf = (path: string): string | undefined =>
  places
    .filter(({ id, schoolId, path: at }) => id === schoolId && isAtOrBelow(path, at))
    .sort((one, other) => other.path.length - one.path.length)[0]?.path

// What a post opens, said as slowly and plainly as it can be.
const opens = ({ place, sight: { domains: seen, over } }: Post, student: TestStudent, domain: number): boolean => {
  const unit = places[place] as TestUnit
  const at = unit.id === town.units.office.id ? town.units.county.path : unit.path
  const school = schoolOf(at)
  if (!seen.includes(domain)) return false
  if (over === 'unit') return isAtOrBelow(student.scope, at)
  if (over === 'school') return isAtOrBelow(student.scope, school ?? at)
  return over === 'class' && school !== undefined && school !== at && isAtOrBelow(student.scope, at)
}

const hold = ({
  posts,
  pairs,
  mentors,
}: {
  posts: readonly Post[]
  pairs: readonly number[]
  mentors: readonly number[]
}) =>
  town.asImporter(async (db) => {
    await db.change(sql`update appointments set until_date = '2020-09-02' where person_id = ${person.id}`)
    await db.change(sql`update pairings set until_date = '2020-09-02' where mentor_id = ${person.id}`)
    for (const [index, { place }] of posts.entries()) {
      const unit = places[place] as TestUnit
      await db.change(sql`insert into appointments (id, person_id, unit_id, scope, post, from_date)
        values (${uuidv7()}, ${person.id}, ${unit.id}, ${unit.path}, ${`post-${index}`}, '2021-09-01')`)
    }
    for (const pair of pairs) {
      const { schoolId, id, scope } = students[pair] as TestStudent
      await db.change(sql`insert into pairings (school_id, id, student_id, scope, mentor_id, mentor_name, from_date, appointed_by)
        values (${schoolId}, ${uuidv7()}, ${id}, ${scope}, ${person.id}, 'x', '2021-09-01', ${person.id})`)
    }
    const seesOf = (post: string): Sight =>
      post === 'mentor' ? { domains: mentors, over: 'own-students' } : (posts[Number(post.slice(5))]?.sight as Sight)
    await rewriteActorSettings(db, [person.id], seesOf, testDay)
  })

test('[C13] whatever posts and pairings a person holds, the rows seen are exactly those the posts open, domain by domain', async () => {
  let seenAny = 0
  await fc.assert(
    fc.asyncProperty(anyPosts, async (held) => {
      const fits = await hold(held).then(
        () => true,
        (error: unknown) => {
          expect(error).toMatchObject({ code: 'people.too-many-places' })
          return false
        },
      )
      if (!fits) return
      for (const domain of domains) {
        const rows = await town.door.readAsActor<{ id: string }>(actor, {
          text: `select student_id as id from ${tables[domain]} order by 1`,
        })
        const expected = students
          .filter(
            (student, index) =>
              held.posts.some((post) => opens(post, student, domain)) ||
              (held.pairs.includes(index) && held.mentors.includes(domain)),
          )
          .map(({ id }) => id)
          .sort()
        expect(rows.map(({ id }) => id)).toEqual(expected)
        seenAny += rows.length
      }
    }),
    { seed: 20251015, numRuns: 60 },
  )
  expect(seenAny).toBeGreaterThan(100)
})

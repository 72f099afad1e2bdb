import { parseCrontab } from 'graphile-worker'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays } from '#contract/platform'
import { today as realToday } from '#server/platform'
import { beginDay, nightlyCrontab, nightlyTasks } from './nightly.ts'
import { type Child, openWorld, type World } from './test-world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const parts = (today: string) => {
  const { services, registry, plans } = world.program
  return { services: { ...services, today: () => today }, registry, plans }
}
const begin = (today: string) => beginDay(parts(today))
const later = (days: number) => addDays(world.day, days)

const classesOf = async (child: Child) => {
  const { rows } = await world.owner.query(
    `select r.key, c.since::text, c.until::text from class_spells c join policy_rules r on r.number = c.rule
      where c.student_id = $1 order by 1, 2`,
    [child.id],
  )
  return rows
}
const figures = async () => {
  const { rows } = await world.owner.query('select * from sums order by school_id, measure, period, split')
  return rows
}

test('a pack that ends and another that begins change classes on their day, and figures with them', async () => {
  const child = await world.child(world.units.classA1, '郑小满', { family: { hardship_level: 1 } })
  await begin(later(0))
  const before = await classesOf(child)
  expect(before).toContainEqual({ key: 'national/hardship', since: later(0), until: null })
  expect((await figures()).length).toBeGreaterThan(0)

  await world.owner.query('update pack_adoptions set until_date = $1', [later(3)])
  await begin(later(2))
  expect(await classesOf(child)).toEqual(before)
  await begin(later(3))
  expect((await classesOf(child)).filter(({ until }) => until === null)).toEqual([])

  await world.owner.query('update pack_adoptions set until_date = null')
  await begin(later(4))
  expect(await classesOf(child)).toContainEqual({ key: 'national/hardship', since: later(4), until: null })
})

test('a day that is begun twice changes nothing the second time', async () => {
  const child = await world.child(world.units.classB1, '郑小寒', { family: { hardship_level: 21 } })
  await begin(later(5))
  const [classes, sums] = [await classesOf(child), await figures()]
  expect(classes).toContainEqual({ key: 'national/hardship', since: later(5), until: null })
  await begin(later(5))
  expect(await classesOf(child)).toEqual(classes)
  expect(await figures()).toEqual(sums)
})

test('a post that ended while the program was off no longer opens anything after the next night [T7]', async () => {
  const head = await world.someone('principal', world.units.schoolB)
  const sees = async () => {
    const { rows } = await world.owner.query('select posts from actor_settings where person_id = $1', [head.personId])
    return (rows[0].posts as { post: string }[]).map(({ post }) => post)
  }
  await world.owner.query('update appointments set until_date = $1 where person_id = $2', [later(7), head.personId])
  await begin(later(6))
  expect(await sees()).toEqual(['principal'])
  // Nobody was there on the seventh day.
  await begin(later(9))
  expect(await sees()).toEqual([])
})

test('periods that are over are frozen with those missed, once', async () => {
  const day = '2026-09-20'
  await begin(day)
  const count = async () =>
    (await world.owner.query('select count(*)::int as count, sum(need)::int as need from closed_periods')).rows[0]
  const closed = await count()
  expect(closed.need).toBeGreaterThan(0)
  await begin(day)
  expect(await count()).toEqual(closed)
})

test('a school that cannot be judged is told of and does not keep the next one from its new day', async () => {
  const child = await world.child(world.units.classB1, '郑小雪', { family: { hardship_level: 22 } })
  const { services, registry, plans } = parts('2026-09-21')
  let first = true
  const failing = {
    ...services,
    events: {
      ...services.events,
      announce: async (...news: Parameters<typeof services.events.announce>) => {
        if (first) {
          first = false
          throw new Error('out of the blue')
        }
        return services.events.announce(...news)
      },
    } as typeof services.events,
  }
  for (let n = 0; n < 21; n++) {
    // Their ids come before those of the school that must not wait for them.
    const id = `00000000-0000-7000-8000-0000000000${10 + n}`
    await world.owner.query(
      `insert into units (id, parent_id, path, kind, name, stage, school_id) values ($1, $2, $3, 'primary', $4, 2, $1)`,
      [id, world.units.county.id, `${world.units.county.path}e${n}.`, `村小${n}`],
    )
  }
  await expect(beginDay({ services: failing, registry, plans })).rejects.toThrow('20 schools')
  expect(await classesOf(child)).toContainEqual({ key: 'national/hardship', since: '2026-09-21', until: null })
})

test('[C8] a recognition of a school year that is over ends, and with it the class that rested on it', async () => {
  const child = await world.child(world.units.classA2, '郑小夏', { family: { hardship_level: 1 } })
  await world.owner.query(
    `insert into recognitions (school_id, id, student_id, scope, level, school_year, from_date, until_date, basis, case_id,
       decided_by, decided_by_name) values ($1, $2, $3, $4, 1, 2025, '2025-10-01', '2026-09-22', 'direct', $2, $2, '某')`,
    [child.schoolId, uuidv7(), child.id, child.scope],
  )
  await begin('2026-09-22')
  expect(await classesOf(child)).toContainEqual({ key: 'national/hardship', since: '2026-09-22', until: null })
  await begin('2026-09-23')
  expect((await classesOf(child)).find(({ key }) => key === 'national/hardship')?.until).toBe('2026-09-23')
})

test('sessions that ran out are removed, others stay', async () => {
  const person = uuidv7()
  const add = (hash: string, until: string) =>
    world.owner.query(
      `insert into sessions (token_hash, person_id, expires_at) values (decode($1, 'hex'), $2, now() + $3::interval)`,
      [hash.repeat(32), person, until],
    )
  await add('aa', '-1 minute')
  await add('bb', '1 hour')
  await begin('2026-09-22')
  const { rows } = await world.owner.query(
    `select encode(token_hash, 'hex') as hash from sessions where person_id = $1`,
    [person],
  )
  expect(rows).toEqual([{ hash: 'bb'.repeat(32) }])
})

test('the hour of the new day is past midnight in Shanghai, and every line names a task that exists', () => {
  const items = parseCrontab(nightlyCrontab)
  const tasks = nightlyTasks(parts(world.day))
  expect(items.map(({ task }) => task).filter((task) => !(task in tasks))).toEqual([])
  const daily = items.find(({ task }) => task === 'begin-day')
  const started = Array.from({ length: 24 * 60 }, (_, minute) => new Date(Date.UTC(2026, 0, 31, 0, minute))).filter(
    (at) =>
      daily?.match({
        min: at.getUTCMinutes(),
        hour: at.getUTCHours(),
        date: at.getUTCDate(),
        month: at.getUTCMonth() + 1,
        dow: at.getUTCDay(),
      }),
  )
  expect(started.map((at) => at.toISOString())).toEqual(['2026-01-31T16:20:00.000Z'])
  expect(started.map((at) => realToday(at))).toEqual(['2026-02-01'])
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getCoverage } from '#contract/counts'
import { getDesk } from '#contract/duties'
import { listBox } from '#contract/flows'
import { findLabellingWord } from '#contract/platform'
import { listUnknown } from '#contract/policies'
import { countStudents, listClassRules } from '#contract/students'
import { demoAccounts, demoPassword } from '#server/people'
import { openWorld, type World } from '../../test-world.ts'
import { actAs } from './act-as.ts'
import { loadShownPlaces } from './load-places.ts'
import { shownPlaces } from './places.ts'

let world: World
beforeAll(async () => {
  world = await openWorld('2025-11-20')
  const { services, registry, served } = world.program
  await loadShownPlaces({ services, registry }, served)
})
afterAll(() => world?.close())

const rows = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await world.owner.query(text, values)).rows as Row[]

const unitOf = async (loginName: string): Promise<{ id: string; path: string }> => {
  const place = shownPlaces.find((one) => one.loginName === loginName)
  const [unit] = await rows<{ id: string; path: string }>('select id, path from units where name = $1', [
    place?.county?.name ?? place?.schools[0]?.name,
  ])
  if (!unit) throw new Error(`no place for ${loginName}`)
  return unit
}

const asOfficer = async <T>(loginName: string, work: Parameters<typeof actAs<T>>[3]): Promise<T> => {
  const [account] = await rows<{ person_id: string }>('select person_id from accounts where login_name = $1', [
    loginName,
  ])
  return actAs(world.program.services, world.program.served, account?.person_id ?? '', work)
}

// What a pack is about: who is cared for, what an event made due, what is counted and already moved, what the officer owes.
const characteristic: readonly {
  readonly loginName: string
  readonly classes: readonly string[]
  readonly events: readonly string[]
  readonly coverages: readonly number[]
  readonly begun: readonly number[]
  readonly owes?: string
}[] = [
  {
    loginName: 'shaanxi',
    classes: ['scope-poverty', 'scope-disability', 'scope-special', 'in-difficulty', 'absent', 'school-age-disabled'],
    events: ['absence-follow', 'request-answer'],
    coverages: [70, 71, 72, 73, 74, 75, 76, 77, 78, 79],
    begun: [73],
    owes: '每月一看',
  },
  {
    loginName: 'suzhou',
    classes: ['special-attention'],
    events: ['follow-study', 'follow-mind', 'visit-feedback'],
    coverages: [2, 30, 31, 32],
    begun: [2, 30],
    owes: '导师结对',
  },
  {
    loginName: 'shida',
    classes: ['a-class', 'filed-with-alert', 'should-be-filed', 'must-visit', 'overlap'],
    events: ['visit-judgement', 'follow-family'],
    coverages: [2, 40, 41, 42],
    begun: [2],
    owes: '成长辅导',
  },
  {
    loginName: 'changshu',
    classes: ['new-student', 'entitled', 'no-reward-yet'],
    events: ['intervention'],
    coverages: [2, 50, 51, 52],
    begun: [2, 50],
    owes: '特别关怀',
  },
  {
    loginName: 'lianyuan',
    classes: ['upper-years', 'upper-years-hardship'],
    events: [],
    coverages: [1, 2, 60, 61],
    begun: [1, 2, 60],
    owes: '成长研讨',
  },
  {
    loginName: 'xuzhou',
    classes: ['hard-up-or-migrant', 'one-parent-or-left-behind', 'mind-at-risk', 'personal-care'],
    events: ['after-change'],
    coverages: [2, 20, 21, 22],
    begun: [2, 20],
  },
  {
    loginName: 'zaoyang',
    classes: ['to-bring-back', 'needs-counselling'],
    events: [],
    coverages: [90, 91, 92, 93, 94],
    begun: [90],
  },
]

describe.each(characteristic)('at $loginName', ({ loginName, classes, events, coverages, begun, owes }) => {
  const issuer = shownPlaces.find((one) => one.loginName === loginName)?.issuer ?? ''

  test('[G1 N1 X1] the classes its pack is about have members', async () => {
    const { path } = await unitOf(loginName)
    const found = await rows<{ key: string }>(
      `select distinct r.key from class_spells c join policy_rules r on r.number = c.rule
        where starts_with(c.scope, $1) and c.until is null`,
      [path],
    )
    expect(found.map(({ key }) => key)).toEqual(expect.arrayContaining(classes.map((id) => `${issuer}/${id}`)))
  })

  test('[G14 X8] what happened there made due what the pack says', async () => {
    const { path } = await unitOf(loginName)
    const found = await rows<{ key: string }>(
      `select distinct r.key from event_duties e join policy_rules r on r.number = e.rule where starts_with(e.scope, $1)`,
      [path],
    )
    expect(found.map(({ key }) => key).sort()).toEqual(expect.arrayContaining(events.map((id) => `${issuer}/${id}`)))
  })

  test('[C12] the officer signs in, sees its coverages, and what is begun but not complete', async () => {
    const { id } = await unitOf(loginName)
    const { total } = await asOfficer(loginName, (act) => act(getCoverage, { params: { unitId: id } }))
    expect(Object.keys(total).map(Number)).toEqual(expect.arrayContaining([...coverages]))
    for (const number of begun) expect(total[String(number)]?.met, `coverage ${number}`).toBeGreaterThan(0)
    expect(Object.values(total).some(({ met, need }) => met < need)).toBe(true)
    const desk = await asOfficer(loginName, (act) => act(getDesk, { params: {} }))
    if (owes) expect(desk.groups.map(({ title }) => title)).toContain(owes)
  })
})

test('at every place something was asked for by its own people and waits for its officer or the school', async () => {
  for (const { loginName, requests } of shownPlaces) {
    const { path } = await unitOf(loginName)
    const found = await rows<{ flow: string; tasks: number }>(
      `select c.flow, (select count(*)::int from flow_tasks t where t.case_id = c.id) as tasks from flow_cases c
        where starts_with(c.scope, $1) and c.flow = any($2) order by c.id`,
      [path, requests.map(({ flow }) => flow)],
    )
    expect(found.map(({ flow }) => flow)).toEqual(requests.map(({ flow }) => flow))
    expect(found.every(({ tasks }) => tasks > 0)).toBe(true)
  }
  const box = await asOfficer('changshu', (act) => act(listBox, { params: { box: 'todo' } }))
  expect(box.lines).toMatchObject([{ flow: 'standing' }])
})

test('[N1] whoever has evidence and no level is a class with its own list, apart from those of whom nobody knows enough', async () => {
  const { id } = await unitOf('shida')
  const lists = await asOfficer('shida', async (act) => {
    const { rules } = await act(listClassRules, { params: {} })
    const filed = rules.find(({ label }) => label.includes('应建未建'))
    const students = await act(countStudents, { params: {}, query: { unit: id, rule: filed?.rule ?? 0 } })
    return { filed, students, unknown: await act(listUnknown, { params: { unitId: id } }) }
  })
  expect(lists.filed).toBeDefined()
  expect(lists.students.total).toBe(2)
  const remote = lists.unknown.classes.find(({ label }) => label === '偏远地区学生')
  expect(remote?.students).toBe(24)
  const open = await asOfficer('shida', (act) =>
    act(listUnknown, { params: { unitId: id }, query: { rule: remote?.rule ?? 0 } }),
  )
  expect(open.students[0]?.missing).toEqual(['家在偏远地区'])
})

test('each place has a sign-in, shown with the others, and nobody stays signed in', async () => {
  const { accounts } = await demoAccounts({ ...world.program.services, demo: true })
  expect(accounts.map(({ loginName }) => loginName).sort()).toEqual(
    shownPlaces.map(({ loginName }) => loginName).sort(),
  )
  expect(new Set(accounts.map(({ password }) => password))).toEqual(new Set([demoPassword]))
  expect(await rows('select 1 as one from sessions')).toEqual([])
})

test('every row of the made-up lists is taken, and the same seed makes the same children', async () => {
  const counts = await rows<{ refused: number; unmatched: number; many: number }>(
    `select sum((counts ->> 'refused')::int)::int as refused, sum((counts ->> 'unmatched')::int)::int as unmatched, count(*)::int as many
      from imports where state = 'committed'`,
  )
  expect(counts).toEqual([{ refused: 0, unmatched: 0, many: shownPlaces.length * 5 + 2 }])
  const { path } = await unitOf('zaoyang')
  const [first] = await rows<{ name: string }>(
    'select name from students where starts_with(scope, $1) order by number limit 1',
    [path],
  )
  expect(first?.name).toBe('许春宁')
})

test('[C24] nothing that the made-up people write labels a child', () => {
  expect(
    findLabellingWord(
      JSON.stringify(
        shownPlaces.map(({ acts, requests }) => [
          acts.map(({ fields }) => fields),
          requests.map(({ content }) => content),
        ]),
      ),
    ),
  ).toBeUndefined()
})

import { expect, test } from 'vitest'
import { usualTerms } from '#contract/duties'
import { chainOf, isWeekday, rulesInForce } from '#contract/policies'
import { readShippedPacks } from '#server/policies'
import { openPlans } from './duty-plan.ts'

const packs = readShippedPacks()
const terms = [2024, 2025, 2026].flatMap(usualTerms)

/** The duties kept at a school under one issuer's packs on a day, as `<issuer>/<id>` with their periods. */
const keptUnder = (issuer: string, today: string) => {
  const chain = chainOf(packs, issuer)
  const refs = packs.flatMap((pack) => pack.rules.map(({ kind, ref }) => `${kind} ${ref}`))
  const number = (kind: string) => (ref: string) => refs.indexOf(`${kind} ${ref}`) + 1
  const inForce = (_: string, date: string) => ({
    rules: rulesInForce(chain, date),
    key: issuer,
    packs: chain,
    classNumber: number('who'),
    dutyNumber: number('duty'),
    coverageNumber: number('count'),
    classByNumber: () => undefined,
    dutyByNumber: () => undefined,
    coverageByNumber: () => undefined,
  })
  const plans = openPlans(
    { inForce, turns: () => [] },
    { termsAt: () => terms, worksAt: () => ({ isWorkingDay: isWeekday, text: '' }) },
    () => today,
  )
  return plans.planNow('1.2.')
}

test.each(packs.map(({ issuer }) => issuer))('the duties of %s are kept in periods that do not overlap', (issuer) => {
  const { duties, coverages } = keptUnder(issuer, '2025-11-23')
  for (const duty of duties) {
    const same = duties.filter(({ rule }) => rule === duty.rule).map(({ period }) => period)
    expect(same.filter((one) => one.startsOn <= duty.period.endsOn && one.endsOn >= duty.period.startsOn)).toHaveLength(
      1,
    )
  }
  const wanted = chainOf(packs, issuer).flatMap((pack) => pack.rules.filter(({ kind }) => kind === 'count'))
  if (wanted.length > 0) expect(coverages.length).toBeGreaterThan(0)
})

test('[G13] nothing is asked of a day without school', () => {
  const { duties } = keptUnder('shaanxi', '2025-11-23')
  const days = duties.filter(({ duty }) => duty.ref === 'shaanxi/care-ask').map(({ period }) => period.startsOn)
  expect(days.slice(0, 6)).toEqual(['2025-11-21', '2025-11-20', '2025-11-19', '2025-11-18', '2025-11-17', '2025-11-14'])
})

test('[Z6] a weekly talk is owed in teaching weeks only', () => {
  const weeks = (today: string) =>
    keptUnder('zaoyang', today)
      .duties.filter(({ duty }) => duty.ref === 'zaoyang/weekly-talk')
      .map(({ period }) => period.startsOn)
  expect(weeks('2025-11-23')).toEqual(['2025-11-17', '2025-11-10', '2025-11-03'])
  expect(weeks('2026-08-10')).toEqual([])
})

test('[N9] a vacation round runs in the vacation and may be written down in the days of grace', () => {
  const rounds = (today: string) =>
    keptUnder('jiangsu-normal-university', today)
      .duties.filter(({ duty, open }) => open && duty.ref === 'jiangsu-normal-university/vacation-visit')
      .map(({ period }) => period.label)
  expect(rounds('2026-02-10')).toEqual(['2026年寒假'])
  expect(rounds('2026-03-01')).toEqual(['2026年寒假'])
  expect(rounds('2026-03-02')).toEqual([])
  expect(rounds('2026-08-01')).toEqual(['2026年暑假'])
})

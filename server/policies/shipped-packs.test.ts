import { describe, expect, it } from 'vitest'
import {
  type CoverageRule,
  chainOf,
  classify,
  type FlowRule,
  failingExamples,
  findRecordKind,
  mayOpenNames,
  mutationsOf,
  type Pack,
  rulesInForce,
  unspokenIn,
} from '#contract/policies'
import { readShippedPacks } from './read-shipped-packs.ts'

const packs = readShippedPacks()
const chain = (issuer: string) => chainOf(packs, issuer)
const issuers = packs.map(({ issuer }) => issuer)

describe('shipped packs', () => {
  it('notice in their examples every condition removed or turned round and every threshold shifted by one', () => {
    const weak = packs.flatMap((pack: Pack) =>
      pack.rules.flatMap((rule) =>
        mutationsOf(rule)
          .filter((mutation) => failingExamples(mutation.rule, chain(pack.issuer)).length === 0)
          .map((mutation) => `${rule.kind} ${rule.ref}: ${mutation.what}`),
      ),
    )
    expect(weak).toEqual([])
  })

  it('[C12] give Jiangsu exactly the six coverages, in order', () => {
    const { counts } = rulesInForce(chain('jiangsu'), '2025-11-22')
    expect(counts.map((rule: CoverageRule) => rule.number)).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('[T1 T6] let Taizhou ask an on-site visit of three groups where Jiangsu accepts any mode for one', () => {
    const visit = (issuer: string) =>
      rulesInForce(chain(issuer), '2025-11-22').duties.filter((rule) => rule.ref === 'jiangsu/home-visit')
    expect(visit('jiangsu')).toMatchObject([{ for: 'national/hardship', does: { where: { mode: [1, 2, 3] } } }])
    expect(visit('taizhou')).toMatchObject([
      { for: 'taizhou/target', issuer: 'taizhou', does: { where: { mode: [1] } } },
    ])
  })

  it('[C2] base no duty and no figure on candidates', () => {
    const rules = rulesInForce(chain('taizhou'), '2025-11-22')
    const candidates = rules.who.filter((rule) => rule.proposes).map((rule) => rule.ref)
    expect(candidates).toEqual(['national/trusted-list-candidate', 'jiangsu/key-candidate'])
    expect(rules.duties.filter((rule) => candidates.includes(rule.for))).toEqual([])
    expect(rules.counts.filter(({ denominator: of }) => of.kind === 'class' && candidates.includes(of.class))).toEqual(
      [],
    )
  })

  it.each(issuers)('[C24] of %s have no neutral title with an unspoken word', (issuer) => {
    const rules = rulesInForce(chain(issuer), '2025-11-22')
    const titles = [...rules.duties, ...rules.records].map((rule) => rule.neutralTitle)
    expect(titles.filter((title) => /贫困|困难|资助|重点帮扶/.test(title))).toEqual([])
    expect(titles.filter((title) => unspokenIn(rules, title).length > 0)).toEqual([])
  })

  it.each(issuers)('[C2 G2] of %s base no duty and no figure on candidates', (issuer) => {
    const rules = rulesInForce(chain(issuer), '2025-11-22')
    const candidates = rules.who.filter((rule) => rule.proposes).map((rule) => rule.ref)
    expect(rules.duties.filter((rule) => candidates.includes(rule.for))).toEqual([])
    expect(rules.counts.filter(({ denominator: of }) => of.kind === 'class' && candidates.includes(of.class))).toEqual(
      [],
    )
  })

  it.each(issuers)(
    '[T7] of %s let nobody owe what they may not see: whom it is for, what is recorded, what makes it due',
    (issuer) => {
      const rules = rulesInForce(chain(issuer), '2025-11-22')
      const seenBy = (post: string) =>
        rules.guards.flatMap(({ guards }) => (guards.kind === 'sees' && guards.post === post ? guards.domains : []))
      const kindOf = (id: string) => rules.records.find((kind) => kind.id === id)?.domain
      const blind = rules.duties.flatMap(({ ref, by, fallback, for: of, does, per }) => {
        const domains = [
          rules.who.find((rule) => rule.ref === of)?.secrecy,
          does.kind === 'record' ? kindOf(does.record) : undefined,
          per.kind === 'after' ? kindOf(per.event) : undefined,
        ]
        return [by, ...fallback].flatMap((post) =>
          domains.some((domain) => domain !== undefined && !seenBy(post).includes(domain)) ? [`${ref} ${post}`] : [],
        )
      })
      expect(blind).toEqual([])
    },
  )

  it('never give one number to two kinds of record or two coverages, even of bodies that know nothing of each other', () => {
    const owners = new Map<string, Set<string>>()
    for (const rule of packs.flatMap((pack) => pack.rules)) {
      if (rule.kind !== 'record' && rule.kind !== 'count') continue
      const place = `${rule.kind} ${rule.number}`
      owners.set(place, (owners.get(place) ?? new Set()).add(rule.ref))
    }
    expect([...owners].filter(([, refs]) => refs.size > 1)).toEqual([])
  })

  it('say what is theirs: a figure of a duty that the document does not give is labelled', () => {
    const silent = packs
      .flatMap((pack) => pack.rules)
      .filter((rule) => rule.standpoint === undefined && rule.cite.some(({ at }) => at.includes('原文未列')))
    expect(silent.map(({ ref }) => ref)).toEqual([])
  })

  it('[X1] let each of the five classes of Xuzhou file a child without saying which', () => {
    const rules = rulesInForce(chain('xuzhou'), '2025-11-22')
    const facts = { hardship_level: 3, left_behind: 0, migrant_child: false, single_parent: false, screening_level: 3 }
    const verdicts = classify(rules, { facts: { ...facts, high_expectation: false }, roster: {} }, '2025-11-22')
    expect(verdicts.get('xuzhou/mind-at-risk')?.answer).toBe('met')
    expect(verdicts.get('xuzhou/personal-care')?.answer).toBe('met')
    expect(rules.who.find(({ ref }) => ref === 'xuzhou/personal-care')?.secrecy).toBe('family')
    expect(rules.who.find(({ ref }) => ref === 'xuzhou/mind-at-risk')?.secrecy).toBe('psychology')
  })

  it('[N9] let Jiangsu Normal University visit every vacation where Jiangsu asks once a school year', () => {
    const duties = rulesInForce(chain('jiangsu-normal-university'), '2025-11-22').duties
    expect(duties.find(({ ref }) => ref === 'jiangsu-normal-university/vacation-visit')?.per).toEqual({
      kind: 'every',
      period: 'vacation',
    })
  })

  it('[C5 S10] recognise new students of Changshu, and everybody of the union, only after a visit', () => {
    const visitFirst = (issuer: string) =>
      rulesInForce(chain(issuer), '2025-11-22')
        .flows.filter(({ decides }) => decides.fact === 'hardship_level')
        .map(({ id, steps }) => [id, steps.flatMap(({ first }) => first.map((one) => [one.record, one.for]))])
    expect(visitFirst('jiangsu')).toEqual([
      ['hardship-direct', []],
      ['hardship-entitled', []],
      ['hardship-round', []],
    ])
    expect(visitFirst('changshu-institute-of-technology')).toEqual([
      ['hardship-direct', [['home-visit', 'changshu-institute-of-technology/new-student']]],
      ['hardship-entitled', []],
      ['hardship-round', [['home-visit', 'changshu-institute-of-technology/new-student']]],
    ])
    expect(visitFirst('jiangsu-union-vocational')).toEqual([
      ['hardship-direct', [['home-visit', undefined]]],
      ['hardship-entitled', [['home-visit', undefined]]],
      ['hardship-round', []],
    ])
  })

  it('[G1 G3] keep the third scope of Shaanxi and its key list in the care team, and tell a class teacher only that', () => {
    const rules = rulesInForce(chain('shaanxi'), '2025-11-22')
    const secrecy = (id: string) => rules.who.find(({ ref }) => ref === `shaanxi/${id}`)?.secrecy
    expect(['scope-unprotected', 'key-student', 'key-candidate'].map(secrecy)).toEqual(Array(3).fill('protection'))
    expect(secrecy('in-difficulty')).toBe('family')
    expect(mayOpenNames(rules, 'class-teacher', 'key-students')).toBe(false)
    expect(mayOpenNames(rules, 'mentor', 'key-students')).toBe(true)
  })

  it('[G13] give Shaanxi a question each school day, a meeting each teaching week, a look each month, by the right posts', () => {
    const { duties } = rulesInForce(chain('shaanxi'), '2025-11-22')
    const of = (id: string) => duties.find(({ ref }) => ref === `shaanxi/${id}`)
    expect(of('care-ask')).toMatchObject({ by: 'class-teacher', per: { period: 'school-day' } })
    expect(of('principal-meet')).toMatchObject({ by: 'principal', per: { period: 'teaching-week' } })
    expect(of('county-look')).toMatchObject({ by: 'county-aid-officer', per: { period: 'month' } })
    expect(of('key-talk')).toMatchObject({ by: 'class-teacher', per: { period: 'month' }, atLeast: 1 })
    expect(of('job-leads')).toMatchObject({ atLeast: 3, does: { where: { scope: [2] } } })
  })

  it('[Z5] ask three of each of five things on the card of Zaoyang', () => {
    const card = findRecordKind(rulesInForce(chain('zaoyang'), '2025-11-22'), 'five-three-card')
    expect(card?.fields.filter(({ required }) => required)).toHaveLength(15)
    expect(new Set(card?.fields.map(({ group }) => group)).size).toBe(5)
  })

  it('[T1] put one student in several classes, and keep apart who is in, out and not known', () => {
    const rules = rulesInForce(chain('taizhou'), '2025-11-22')
    const facts = { hardship_level: 21, left_behind: 2, screening_level: 4, disability_kind: 0, key_student: false }
    const verdicts = classify(rules, { facts, roster: {} }, '2025-11-22')
    const of = (answer: string) => [...verdicts].filter(([, one]) => one.answer === answer).map(([ref]) => ref)
    expect(of('met')).toEqual([
      'national/hardship',
      'national/left-behind',
      'national/development-difficulties',
      'jiangsu/key-candidate',
      'taizhou/target',
    ])
    expect(of('unknown')).toEqual(['national/migrant', 'national/orphan', 'national/on-trusted-list'])
    expect(verdicts.get('national/migrant')?.missing).toEqual(['migrant_child'])
  })

  it('keep the numbers under which records are stored', () => {
    const rules = rulesInForce(chain('jiangsu'), '2025-11-22')
    const ids = ['home-visit', 'talk', 'growth-reward', 'remedial-session', 'case-study', 'key-event', 'archive-part']
    expect([...ids, 'student-traits'].map((id) => findRecordKind(rules, id)?.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it.each(issuers)('[G3] of %s announce nobody who is on a key list or in sudden need', (issuer) => {
    const { flows } = rulesInForce(chain(issuer), '2025-11-22')
    const secret = flows.filter(({ decides }) => decides.fact !== 'hardship_level')
    expect(secret.filter(({ publicity }) => publicity !== 'none')).toEqual([])
    expect(secret.flatMap(({ steps }) => steps.filter(({ id, on }) => on && /notice|objection/.test(id)))).toEqual([])
  })

  it.each(issuers.filter((issuer) => rulesInForce(chain(issuer), '2025-11-22').flows.length > 0))(
    '[C8 C19] of %s recognise in a round: a panel of five and two thirds, check, confirmation, five days of notice, objections',
    (issuer) => {
      const { flows } = rulesInForce(chain(issuer), '2025-11-22')
      const round = flows.find(({ procedure }) => procedure === 'recognition-round')
      const on = round?.steps.filter((step) => step.on).map(({ id }) => id)
      expect(on?.filter((id) => id !== 'college')).toEqual([
        'review',
        'check',
        'confirm',
        'notice',
        'objection',
        'file',
      ])
      expect(on?.includes('college')).toBe(issuer === 'changshu-institute-of-technology')
      expect(round?.publicity).toBe('notice')
      const panels = round?.steps.find(({ id }) => id === 'review')?.panels ?? []
      expect(panels.map(({ least, share }) => [least, share])).toEqual(panels.map(() => [5, 67]))
      expect(round?.steps.find(({ id }) => id === 'notice')?.days).toBe(5)
    },
  )

  it('[G5 G6 G7] let a panel of Shaanxi judge who goes on the key list and off it, and the school confirm and file', () => {
    const { flows } = rulesInForce(chain('shaanxi'), '2025-11-22')
    const listing = flows.find(({ decides }) => decides.fact === 'key_student')
    expect(listing?.decides.values).toEqual([true, false])
    const on = listing?.steps.filter((step) => step.on) ?? []
    expect(on.map(({ id }) => id)).toEqual(['apply', 'review', 'confirm', 'file', 'receipt'])
    expect(on.find(({ id }) => id === 'review')?.panels?.map(({ least, share }) => [least, share])).toEqual([
      [3, 67],
      [3, 67],
    ])
  })

  it('[C6 G27] let children on the lists of departments be recognised by one confirmation, without notice', () => {
    for (const issuer of ['jiangsu', 'shaanxi', 'changshu-institute-of-technology']) {
      const { flows } = rulesInForce(chain(issuer), '2025-11-22')
      const short = flows.find(({ id }) => id === 'hardship-entitled')
      expect(short?.steps.filter((step) => step.on).map(({ id }) => id)).toEqual(['confirm'])
      expect(short?.publicity).toBe('none')
    }
  })

  // Examples of a procedure walk its steps; its days, quorums and points are held to the sources here.
  it('hold every number of their procedures: days of each step, members and shares of panels, points', () => {
    const pointsOf = (rule: FlowRule): number[] => {
      const { scoring } = rule
      if (!scoring) return []
      const points = scoring.indicators.flatMap((one) => Object.values(one.points))
      return [points.length, points.reduce((sum, one) => sum + one, 0), ...Object.values(scoring.caps ?? {})]
    }
    const numbers = packs
      .flatMap((pack) => pack.rules)
      .filter((rule) => rule.kind === 'flow')
      .map((rule) => [
        `${rule.issuer}/${rule.id}`,
        rule.steps.flatMap(({ id, days }) => (days ? [`${id} ${days}`] : [])).join(', '),
        rule.steps.flatMap(({ panels }) => (panels ?? []).map(({ least, share }) => `${least}:${share}%`)).join(' '),
        pointsOf(rule).join(' '),
      ])
    const round = 'review 15, college 5, check 5, confirm 5, notice 5, objection 3'
    const three = '5:67% 5:67% 5:67%'
    expect(numbers).toEqual([
      ['shaanxi/key-confirmation', '', '3:67% 3:67%', ''],
      ['shaanxi/hardship-entitled', 'confirm 10', '', ''],
      ['shaanxi/hardship-round', round, three, ''],
      ['jiangsu/hardship-direct', 'notice 5', '', ''],
      ['jiangsu/hardship-entitled', 'confirm 10, care 10', '', ''],
      ['jiangsu/key-confirmation', 'confirm 10', '', ''],
      ['jiangsu/emergency-aid', '', '', ''],
      ['jiangsu/hardship-round', round, three, '20 1081 100'],
      ['jiangsu-union-vocational/hardship-direct', '', '', ''],
      ['jiangsu-union-vocational/hardship-entitled', '', '', ''],
      ['xuzhou/emergency-aid', '', '', ''],
      ['changshu-institute-of-technology/hardship-direct', 'notice 5', '', ''],
      ['changshu-institute-of-technology/hardship-round', round, three, '20 1081 100'],
    ])
  })
})

import { describe, expect, it } from 'vitest'
import {
  type CoverageRule,
  chainOf,
  classify,
  failingExamples,
  findRecordKind,
  mutationsOf,
  type Pack,
  rulesInForce,
} from '#contract/policies'
import { readShippedPacks } from './read-shipped-packs.ts'

const packs = readShippedPacks()
const chain = (issuer: string) => chainOf(packs, issuer)

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

  it('[C24] have no neutral title with an unspoken word', () => {
    const rules = rulesInForce(chain('taizhou'), '2025-11-22')
    const titles = [...rules.duties, ...rules.records].map((rule) => rule.neutralTitle)
    expect(titles.filter((title) => /贫困|困难|资助|重点帮扶/.test(title))).toEqual([])
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
})

import {
  type ClassRule,
  type Condition,
  type CoverageRule,
  type DutyRule,
  factMeaning,
  type Pack,
  readableFacts,
} from '#contract/policies'

/** Numbers that come out the same on every machine. */
const numbers = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
type Next = ReturnType<typeof numbers>

const usable = readableFacts.filter(({ type }) => type === 'yes-no' || type === 'code' || type === 'integer')

const leaf = (next: Next): Condition => {
  const fact = usable[next(usable.length)] ?? factMeaning('dibao')
  if (fact.type === 'yes-no') return { kind: 'is', fact: fact.ref, value: true }
  if (fact.type === 'integer') return { kind: 'at_least', fact: fact.ref, value: next(15) }
  const codes = Object.keys(fact.codes ?? {}).map(Number)
  const values = codes.filter(() => next(2) === 0)
  return { kind: 'in', fact: fact.ref, values: values.length > 0 ? values : codes.slice(0, 1) }
}

const condition = (next: Next, earlier: readonly string[]): Condition => {
  const leaves = Array.from({ length: 1 + next(3) }, () => leaf(next))
  const named = earlier[next(earlier.length * 4)]
  const of = named ? [...leaves, { kind: 'member_of' as const, class: named }] : leaves
  const kind = (['any', 'all', 'none'] as const)[next(3)] ?? 'any'
  return of.length === 1 && of[0] ? of[0] : { kind, of }
}

const rule = (issuer: string, number: number, next: Next, earlier: readonly string[]): ClassRule => ({
  kind: 'who',
  id: `r${number}`,
  ref: `${issuer}/r${number}`,
  issuer,
  label: `规则${number}`,
  cite: [{ requirement: ['T1'], document: 'd', at: '一' }],
  secrecy: 'family',
  proposes: false,
  when: condition(next, earlier),
  examples: { in: [], out: [], unknown: [] },
  line: 1,
})

const asMade = (issuer: string, id: string) => ({
  id,
  ref: `${issuer}/${id}`,
  issuer,
  label: id,
  cite: [{ requirement: ['T1'], document: 'd', at: '一' }],
  examples: { in: [], out: [], unknown: [] },
  line: 1,
})

// A talk each term for the first class and each month for the second; one coverage of the first.
const dutiesOf = (issuer: string, classes: readonly ClassRule[]): readonly DutyRule[] =>
  classes.slice(0, 2).map(
    ({ ref }, index): DutyRule => ({
      ...asMade(issuer, `duty-${index}`),
      kind: 'duty',
      neutralTitle: '谈心',
      for: ref,
      does: { kind: 'record', record: 'talk', number: 2, where: {} },
      by: 'class-teacher',
      fallback: ['principal'],
      atLeast: 1,
      per: { kind: 'every', period: index === 0 ? 'term' : 'month' },
    }),
  )

const coverageOf = (issuer: string, number: number, { for: of, ref }: DutyRule): CoverageRule => ({
  ...asMade(issuer, 'coverage'),
  kind: 'count',
  number,
  denominator: { kind: 'class', class: of },
  numerator: { kind: 'duties', duties: [ref] },
  splits: ['stage'],
  secrecy: 'family',
  namesFor: ['county-aid-officer'],
  showsReviewed: false,
})

/**
 * Made-up packs over all readable facts, standing on a given one: the first stands above the others. Each holds classes,
 * two duties and a coverage. Same seed, same packs.
 */
export const makePacks = (packs: number, first: number, others: number, above?: string, seed = 11): readonly Pack[] => {
  const next = numbers(seed)
  return Array.from({ length: packs }, (_, index): Pack => {
    const issuer = `made-${index}`
    const parent = index > 0 ? 'made-0' : above
    const classes: ClassRule[] = []
    for (let n = 0; n < (index === 0 ? first : others); n++)
      classes.push(
        rule(
          issuer,
          n,
          next,
          classes.slice(0, 5).map(({ ref }) => ref),
        ),
      )
    const duties = dutiesOf(issuer, classes)
    return {
      issuer,
      name: issuer,
      version: '1.0.0',
      ...(parent !== undefined && { extends: parent }),
      documents: [{ id: 'd', title: '文件' }],
      rules: [...classes, ...duties, ...duties.slice(0, 1).map((duty) => coverageOf(issuer, 50 + index, duty))],
      endings: [],
    }
  })
}

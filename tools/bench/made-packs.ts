import { type ClassRule, type Condition, factMeaning, type Pack, readableFacts } from '#contract/policies'

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

/** Made-up packs of class rules over all readable facts: the first stands above the others. Same seed, same packs. */
export const makePacks = (packs: number, first: number, others: number, seed = 11): readonly Pack[] => {
  const next = numbers(seed)
  return Array.from({ length: packs }, (_, index): Pack => {
    const issuer = `made-${index}`
    const rules: ClassRule[] = []
    for (let n = 0; n < (index === 0 ? first : others); n++)
      rules.push(
        rule(
          issuer,
          n,
          next,
          rules.slice(0, 5).map(({ ref }) => ref),
        ),
      )
    return {
      issuer,
      name: issuer,
      version: '1.0.0',
      ...(index > 0 && { extends: 'made-0' }),
      documents: [{ id: 'd', title: '文件' }],
      rules,
      endings: [],
    }
  })
}

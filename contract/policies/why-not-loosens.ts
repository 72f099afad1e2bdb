import { Refusal } from '#contract/platform'
import { type SecrecyDomain, secrecyDomains } from '#contract/students'
import { factMeaning } from './fact-values.ts'
import { sightOf } from './guarding.ts'
import { classesIn, factsIn } from './loading/check-classes.ts'
import type { Pack } from './pack.ts'
import type { ClassRule, GuardRule, Rule } from './rule.ts'

const guardsOf = (packs: readonly Pack[]): readonly GuardRule[] =>
  packs.flatMap((pack) => pack.rules).filter((rule): rule is GuardRule => rule.kind === 'guard')

const reaches = ['none', 'own-students', 'class', 'school', 'unit'] as const

/** Whether a guard opens more than the packs above do. */
const loosens = (rule: GuardRule, above: readonly GuardRule[]): boolean => {
  const { guards } = rule
  switch (guards.kind) {
    case 'sees': {
      const { domains, over } = sightOf({ guards: above }, guards.post)
      const wider = reaches.indexOf(guards.over) > reaches.indexOf(over)
      return guards.domains.length > 0 && (wider || guards.domains.some((domain) => !domains.includes(domain)))
    }
    case 'opens':
    case 'imports':
      return guards.lists.some((list) =>
        guards.posts.some(
          (post) =>
            !above.some(
              ({ guards: higher }) =>
                higher.kind === guards.kind &&
                (higher.lists as readonly string[]).includes(list) &&
                higher.posts.includes(post),
            ),
        ),
      )
    case 'unspoken': {
      const replaced = above.find(({ ref }) => ref === rule.ref)?.guards
      return replaced?.kind === 'unspoken' && replaced.words.some((word) => !guards.words.includes(word))
    }
    case 'withholds': {
      const replaced = above.find(({ ref }) => ref === rule.ref)?.guards
      return (
        replaced?.kind === 'withholds' &&
        (replaced.lists.some((list) => !guards.lists.includes(list)) ||
          replaced.doors.some((door) => !guards.doors.includes(door)) ||
          guards.but.some((post) => !replaced.but.includes(post)))
      )
    }
    case 'suppresses': {
      const replaced = above.find(({ ref }) => ref === rule.ref)?.guards
      return replaced?.kind === 'suppresses' && guards.below < replaced.below
    }
  }
}

const domainsRead = (rule: ClassRule, rules: readonly Rule[]): readonly SecrecyDomain[] => {
  const conditions = [rule.when, ...(rule.suggests?.choose ?? []).flatMap(({ when }) => when ?? [])]
  return conditions.flatMap((condition) => [
    ...factsIn(condition).map((fact) => factMeaning(fact).domain),
    ...classesIn(condition).flatMap((ref) =>
      rules.flatMap((other) => (other.kind === 'who' && other.ref === ref ? [other.secrecy] : [])),
    ),
  ])
}

// What holds for everybody below is not ended from below.
const kept: readonly GuardRule['guards']['kind'][] = ['unspoken', 'withholds', 'suppresses']

/**
 * Why an office may not hand in a pack: a pack from below tightens secrecy or leaves it, and whoever decides that a class
 * may be known more widely than its facts must see those facts. `sees` are the domains open to whoever hands it in.
 */
export function whyNotLoosens(pack: Pack, above: readonly Pack[], sees: readonly SecrecyDomain[]): Refusal | undefined {
  const guards = guardsOf(above)
  const loose = guardsOf([pack]).find((rule) => loosens(rule, guards))
  const ending = pack.endings.find(
    ({ kind, ends }) =>
      kind === 'guard' && guards.some(({ ref, guards: guard }) => ref === ends && kept.includes(guard.kind)),
  )
  if (loose || ending)
    return new Refusal(
      'policies.loosens-secrecy',
      `保密规则只能比上级收得更紧,不能放宽:“${loose?.label ?? ending?.ends}”。`,
      'forbidden',
    )
  const rules = [...above, pack].flatMap(({ rules: some }) => some)
  for (const rule of pack.rules) {
    if (rule.kind !== 'who' || !rule.discloses) continue
    const unseen = domainsRead(rule, rules).find((domain) => domain !== rule.secrecy && !sees.includes(domain))
    if (unseen)
      return new Refusal(
        'policies.discloses-unseen',
        `“${rule.label}”要让更多人知道${secrecyDomains[unseen].label}方面的情况,而您的岗位看不到这方面,不能由您决定。`,
        'forbidden',
      )
  }
  return undefined
}

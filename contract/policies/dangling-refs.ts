import { classesIn } from './loading/check-classes.ts'
import type { Pack } from './pack.ts'
import type { Rule } from './rule.ts'

const asked = (rule: Rule): readonly { readonly kind: Rule['kind']; readonly ref: string }[] => {
  const own = rule.replaces ? [{ kind: rule.kind, ref: rule.replaces }] : []
  const class_ = (ref: string) => ({ kind: 'who' as const, ref })
  switch (rule.kind) {
    case 'who':
      return [...own, ...classesIn(rule.when).map(class_)]
    case 'duty':
      return [
        ...own,
        class_(rule.for),
        ...(rule.does.kind === 'record' ? [{ kind: 'record' as const, ref: rule.does.record }] : []),
      ]
    case 'count':
      return [
        ...own,
        ...(rule.denominator.kind === 'class' ? [class_(rule.denominator.class)] : []),
        ...(rule.numerator.kind === 'duties'
          ? rule.numerator.duties.map((ref) => ({ kind: 'duty' as const, ref }))
          : []),
      ]
    case 'flow':
      return [...own, ...(rule.fromClass ? [class_(rule.fromClass)] : [])]
    default:
      return own
  }
}

/**
 * What rules of these packs name and none of them defines. Packs were each checked on the versions they were written
 * for; standing on another version of a higher pack, a name may have gone. One sentence each; empty when all is there.
 */
export function danglingRefs(packs: readonly Pack[]): readonly string[] {
  const rules = packs.flatMap((pack) => pack.rules)
  const known = new Set(rules.filter(({ replaces }) => !replaces).map(({ kind, ref }) => `${kind} ${ref}`))
  for (const rule of rules) if (rule.kind === 'record') known.add(`record ${rule.id}`)
  return rules.flatMap((rule) =>
    asked(rule)
      .filter(({ kind, ref }) => !known.has(`${kind} ${ref}`))
      .map(({ ref }) => `“${rule.label}”(${rule.issuer})要用到的“${ref}”在这些版本里没有`),
  )
}

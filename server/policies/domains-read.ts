import { classLookup, factMeaning } from '#contract/policies'
import type { SecrecyDomain } from '#contract/students'
import type { Registry } from './registry.ts'
import { toSql } from './to-sql/condition-sql.ts'

/** Domains whose facts decide a class at any of these units on a day: what judging reads; the others it never looks at. */
export const domainsRead = (registry: Registry, paths: readonly string[], on: string): ReadonlySet<SecrecyDomain> => {
  const domains = new Set<SecrecyDomain>()
  for (const { rules } of new Set(paths.map((path) => registry.inForce(path, on)))) {
    const classes = classLookup(rules)
    for (const rule of rules.who)
      for (const fact of toSql(rule.when, { date: 'current_date', classes }).facts)
        if (!factMeaning(fact).roster) domains.add(factMeaning(fact).domain)
  }
  return domains
}

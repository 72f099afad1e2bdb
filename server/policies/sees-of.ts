import { isPost } from '#contract/people'
import { sightOf } from '#contract/policies'
import { secrecyDomains } from '#contract/students'
import type { SeesOf } from '#server/people'
import type { Registry } from './registry.ts'

/** What the packs in force at a unit let a post see, as codes of secrecy domains. [G3 C13] */
export const seesOf =
  (registry: Registry, today: () => string): SeesOf =>
  (post, unitPath) => {
    if (!isPost(post)) return { domains: [], over: 'none' }
    const { domains, over } = sightOf(registry.inForce(unitPath, today()).rules, post)
    return { domains: domains.map((domain) => secrecyDomains[domain].code).sort((a, b) => a - b), over }
  }

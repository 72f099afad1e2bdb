import type { CentresAt } from '#server/people'
import type { Registry } from './registry.ts'

/** Which units must have a support centre, and what it must have, by the packs in force at a unit. [C1] */
export const centresAt =
  (registry: Registry, today: () => string): CentresAt =>
  (unitPath) => {
    for (const { denominator, numerator } of registry.inForce(unitPath, today()).rules.counts) {
      if (denominator.kind === 'units' && numerator.kind === 'centre') {
        return { units: denominator.units, needs: numerator.needs }
      }
    }
    return undefined
  }

import type { ClassesAt } from '#server/students'
import type { Registry } from './registry.ts'

/** Numbers of the classes whose rules are in force at a unit; packs nobody adopted there have no words for it. [C24] */
export const classesAt =
  (registry: Registry, today: () => string): ClassesAt =>
  (unitPath) => {
    const { rules, classNumber } = registry.inForce(unitPath, today())
    return rules.who.map(({ ref }) => classNumber(ref))
  }

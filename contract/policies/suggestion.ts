import type { ClassLookup, FactValue, PlainDate, Subject } from './condition.ts'
import { evaluate } from './evaluate.ts'
import type { ClassRule } from './rule.ts'

/**
 * The value a candidate rule proposes for a student: the first choice whose condition is met. An unknown condition is
 * passed over, so that nobody is proposed a higher level on what nobody has asked. A person still confirms.
 */
export function suggestionFor(
  rule: Pick<ClassRule, 'suggests'>,
  subject: Subject,
  date: PlainDate,
  classes: ClassLookup,
): FactValue | undefined {
  return rule.suggests?.choose.find(
    ({ when }) => when === undefined || evaluate(when, subject, date, classes).answer === 'met',
  )?.value
}

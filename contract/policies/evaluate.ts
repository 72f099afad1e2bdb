import { ageOn } from './age-on.ts'
import type {
  Answer,
  ClassLookup,
  ClassRef,
  Condition,
  FactRef,
  FactValue,
  PlainDate,
  Subject,
  Verdict,
} from './condition.ts'
import { words } from './conditions/index.ts'
import { eachIsYes } from './conditions/word.ts'
import type { RulesInForce } from './rules-in-force.ts'

const nobody: Verdict = { answer: 'not met', missing: [] }

/** Verdicts on classes already asked about one student on one day. */
type Known = Map<ClassRef, Verdict>

/**
 * Answers a condition for one student on one day: met, not met, or unknown with the facts that are missing.
 * The same condition through `toSql` gives the same answer for many students; a property test holds the two together.
 */
export function evaluate(
  condition: Condition,
  subject: Subject,
  date: PlainDate,
  classes: ClassLookup,
  known: Known = new Map(),
): Verdict {
  switch (condition.kind) {
    case 'is':
      return aboutFact(condition.fact, words.is.evaluate(condition, factOf(subject, condition.fact, date)))
    case 'in':
      return aboutFact(condition.fact, words.in.evaluate(condition, factOf(subject, condition.fact, date)))
    case 'at_least':
      return aboutFact(condition.fact, words.at_least.evaluate(condition, factOf(subject, condition.fact, date)))
    case 'at_most':
      return aboutFact(condition.fact, words.at_most.evaluate(condition, factOf(subject, condition.fact, date)))
    case 'between':
      return aboutFact(condition.fact, words.between.evaluate(condition, factOf(subject, condition.fact, date)))
    case 'known':
      return aboutFact(condition.fact, words.known.evaluate(condition, factOf(subject, condition.fact, date)))
    case 'done_within':
      return { answer: words.done_within.evaluate(condition, subject.acts, date), missing: [] }
    case 'member_of':
      return membership(condition.class, subject, date, classes, known)
    case 'has_any':
      return evaluate({ kind: 'any', of: eachIsYes(condition.facts) }, subject, date, classes, known)
    case 'has_all':
      return evaluate({ kind: 'all', of: eachIsYes(condition.facts) }, subject, date, classes, known)
    case 'all':
      return joined(condition.of, subject, date, classes, known, (answers) => words.all.join(condition, answers))
    case 'any':
      return joined(condition.of, subject, date, classes, known, (answers) => words.any.join(condition, answers))
    case 'none':
      return joined(condition.of, subject, date, classes, known, (answers) => words.none.join(condition, answers))
    case 'at_least_n_of':
      return joined(condition.of, subject, date, classes, known, (answers) =>
        words.at_least_n_of.join(condition, answers),
      )
  }
}

/** The verdict on every class in force, candidates included, by class name. */
export function classify(rules: RulesInForce, subject: Subject, date: PlainDate): ReadonlyMap<ClassRef, Verdict> {
  const conditions = new Map(rules.who.map((rule) => [rule.ref, rule.when]))
  const known: Known = new Map()
  return new Map(
    rules.who.map((rule) => [rule.ref, membership(rule.ref, subject, date, (ref) => conditions.get(ref), known)]),
  )
}

/** The value of a fact on a day; undefined when unknown. Age follows from the birth date. */
export function factOf(subject: Subject, fact: FactRef, date: PlainDate): FactValue | undefined {
  switch (fact) {
    case 'age':
      return subject.roster.birth_date ? ageOn(subject.roster.birth_date, date) : undefined
    case 'stage':
    case 'grade':
    case 'sex':
    case 'entered_on':
    case 'urban':
      return subject.roster[fact] ?? undefined
    default:
      return subject.facts[fact] ?? undefined
  }
}

function membership(ref: ClassRef, subject: Subject, date: PlainDate, classes: ClassLookup, known: Known): Verdict {
  const before = known.get(ref)
  if (before) return before
  const condition = classes(ref)
  // Set first: the loader refuses circles, but a circle must end rather than hang a server.
  known.set(ref, nobody)
  const verdict = condition ? evaluate(condition, subject, date, classes, known) : nobody
  known.set(ref, verdict)
  return verdict
}

function aboutFact(fact: FactRef, answer: Answer): Verdict {
  return { answer, missing: answer === 'unknown' ? [fact] : [] }
}

function joined(
  of: readonly Condition[],
  subject: Subject,
  date: PlainDate,
  classes: ClassLookup,
  known: Known,
  join: (answers: readonly Answer[]) => Answer,
): Verdict {
  const verdicts = of.map((child) => evaluate(child, subject, date, classes, known))
  const answer = join(verdicts.map((verdict) => verdict.answer))
  const missing = answer === 'unknown' ? [...new Set(verdicts.flatMap((verdict) => verdict.missing))] : []
  return { answer, missing }
}

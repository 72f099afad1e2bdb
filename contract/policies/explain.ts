import { sayDay } from '#contract/platform'
import type { SecrecyDomain } from '#contract/students'
import type { Answer, ClassLookup, ClassRef, Condition, FactRef, PlainDate, Subject } from './condition.ts'
import { eachIsYes, type Names } from './conditions/word.ts'
import { describeCondition } from './describe.ts'
import { evaluate, factOf } from './evaluate.ts'
import { factMeaning, showValue } from './fact-values.ts'

/** Where a fact comes from and of what day it speaks. */
export interface FactSource {
  readonly source: string
  readonly asOf?: string
}

export interface ExplainContext extends Names {
  readonly date: PlainDate
  readonly classes: ClassLookup
  readonly sourceOf: (fact: FactRef) => FactSource | undefined
  /** Domain of a class: that a child is in it is as secret as the class itself. */
  readonly secrecyOf: (ref: ClassRef) => SecrecyDomain
  /** Domain of a record kind; a kind nobody vouches for counts as the most secret. */
  readonly secrecyOfRecord?: (id: string) => SecrecyDomain
}

/** One line of a "why": a condition, the student's value and where it comes from. */
export interface Reason {
  readonly label: string
  /** The student's value, `情况不明` when unknown. */
  readonly value: string
  /** `低保:是,来自民政局名单 2025-08` */
  readonly sentence: string
  /** What the rule asks for, in plain Chinese. */
  readonly asks: string
  readonly answer: Answer
  /** The line had a part in the final answer; the others are context. */
  readonly decisive: boolean
  /** How deep inside other classes and joins the line stands, for indenting. */
  readonly depth: number
  /** Lines of a domain the reader may not see must be left out whole. */
  readonly domain: SecrecyDomain
  readonly source?: string
  readonly asOf?: string
}

const DEEPEST = 32

/**
 * Why a student is in a class, is not, or is unknown: one line per fact, act and class the rule asks about, in the
 * rule's order. Secrecy is the caller's duty: leave out lines whose `domain` the reader does not see.
 */
export function explain(condition: Condition, subject: Subject, context: ExplainContext): readonly Reason[] {
  return linesOf(condition, subject, context, true, 0)
}

function linesOf(
  condition: Condition,
  subject: Subject,
  context: ExplainContext,
  decisive: boolean,
  depth: number,
): readonly Reason[] {
  if (depth > DEEPEST) return []
  const { answer } = evaluate(condition, subject, context.date, context.classes)
  const asks = describeCondition(condition, context)
  switch (condition.kind) {
    case 'has_any':
      return linesOf({ kind: 'any', of: eachIsYes(condition.facts) }, subject, context, decisive, depth)
    case 'has_all':
      return linesOf({ kind: 'all', of: eachIsYes(condition.facts) }, subject, context, decisive, depth)
    case 'all':
    case 'any':
    case 'none':
    case 'at_least_n_of':
      return condition.of.flatMap((child) => {
        const part = evaluate(child, subject, context.date, context.classes).answer
        return linesOf(child, subject, context, decisive && decides(condition.kind, answer, part), depth)
      })
    case 'member_of': {
      const label = context.ofClass(condition.class)
      const value = answer === 'unknown' ? '情况不明' : answer === 'met' ? '是' : '否'
      const inner = context.classes(condition.class)
      return [
        {
          label,
          value,
          sentence: `属于“${label}”:${value}`,
          asks,
          answer,
          decisive,
          depth,
          domain: context.secrecyOf(condition.class),
        },
        ...(inner ? linesOf(inner, subject, context, decisive, depth + 1) : []),
      ]
    }
    case 'done_within': {
      const label = context.ofRecord(condition.record)
      const last = lastAct(subject, condition.number, context.date)
      const value = last ?? '无记录'
      return [
        {
          label,
          value,
          sentence: `最近一次${label}:${value}`,
          asks,
          answer,
          decisive,
          depth,
          domain: context.secrecyOfRecord?.(condition.record) ?? 'protection',
        },
      ]
    }
    default:
      return [factLine(condition.fact, asks, answer, subject, context, decisive, depth)]
  }
}

function factLine(
  fact: FactRef,
  asks: string,
  answer: Answer,
  subject: Subject,
  context: ExplainContext,
  decisive: boolean,
  depth: number,
): Reason {
  const { label, domain } = factMeaning(fact)
  const value = factOf(subject, fact, context.date)
  const shown = value === undefined ? '情况不明' : showValue(fact, value)
  const from = value === undefined ? undefined : context.sourceOf(fact)
  const origin = from ? `,来自${from.source}${from.asOf ? ` ${sayDay(from.asOf)}` : ''}` : ''
  return {
    label,
    value: shown,
    sentence: `${label}:${shown}${origin}`,
    asks,
    answer,
    decisive,
    depth,
    domain,
    ...(from && { source: from.source }),
    ...(from?.asOf && { asOf: from.asOf }),
  }
}

/** Which parts settled the answer: one that holds settles `any`, one that fails settles `all`, and so on. */
function decides(kind: 'all' | 'any' | 'none' | 'at_least_n_of', whole: Answer, part: Answer): boolean {
  if (whole === 'unknown') return part === 'unknown'
  if (kind === 'none') return whole === 'met' || part === 'met'
  if (kind === 'all') return whole === 'met' || part === 'not met'
  return whole === part
}

function lastAct(subject: Subject, kind: number, date: PlainDate): PlainDate | undefined {
  return (subject.acts ?? [])
    .filter((act) => act.kind === kind && act.on <= date)
    .map((act) => act.on)
    .sort()
    .at(-1)
}

import { factMeaning, readValue } from '../fact-values.ts'
import type { FlowRule } from '../rule.ts'
import { readBase, readExamples } from './read-base.ts'
import type { Written } from './shapes.ts'
import { findRef, type Say, type Standing } from './standing.ts'

/** Reads a flow. */
export function readFlow(written: Written<'flow'>, line: number, standing: Standing, say: Say): FlowRule {
  const base = readBase(written, line, standing, say)
  const fact = factMeaning(written.decides.fact)
  const values = written.decides.values.flatMap((value, index) => {
    const read = readValue(fact, value)
    if ('wrong' in read) say(read.wrong, ['decides', 'values', index])
    return 'value' in read ? [read.value] : []
  })
  const fromClass = written.starts_from === undefined ? undefined : findRef(standing, 'who', written.starts_from)
  if (written.starts_from !== undefined && !fromClass) say(`没有叫“${written.starts_from}”的类别`, ['starts_from'])
  if (!written.steps.some((step) => step.on)) say('至少要有一个启用的步骤', ['steps'])
  if (new Set(written.steps.map((step) => step.id)).size < written.steps.length) say('步骤的 id 有重复', ['steps'])
  return {
    ...base,
    kind: 'flow',
    decides: { fact: written.decides.fact, values },
    ...(fromClass && { fromClass }),
    publicity: written.publicity,
    steps: written.steps.map(({ needs_reason, days, ...step }) => ({
      ...step,
      ...(days !== undefined && { days }),
      needsReason: needs_reason ?? false,
    })),
    examples: readExamples(written.examples, ({ moves }) => ({
      moves: moves.map(({ reason, ...move }) => ({ ...move, ...(reason !== undefined && { reason }) })),
    })),
  }
}

import { factMeaning, readValue } from '../fact-values.ts'
import type { DoneBefore, FlowRule, StepBefore } from '../rule.ts'
import { readBase, readExamples } from './read-base.ts'
import { readCodes } from './read-codes.ts'
import type { Path } from './read-yaml.ts'
import type { Written } from './shapes/index.ts'
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
    ...(written.procedure !== undefined && { procedure: written.procedure }),
    ...(written.scoring && {
      scoring: { indicators: written.scoring.indicators, caps: written.scoring.caps ?? {} },
    }),
    steps: written.steps.map(({ needs_reason, days, first, panels, ...step }, index) => ({
      ...step,
      ...(panels && { panels: panels.map(({ joins = [], asides = [], ...panel }) => ({ ...panel, joins, asides })) }),
      ...(days !== undefined && { days }),
      needsReason: needs_reason ?? false,
      first: (first ?? []).flatMap((one, at) => readFirst(one, standing, say, ['steps', index, 'first', at]) ?? []),
    })),
    examples: readExamples(written.examples, ({ moves, done, classes }, path) => ({
      moves: moves.map(({ reason, ...move }) => ({ ...move, ...(reason !== undefined && { reason }) })),
      done: (done ?? []).flatMap(({ record, days_ago, with: written }, index): DoneBefore[] => {
        const found = standing.records.get(record)
        if (!found) {
          say(`没有叫“${record}”的记录`, [...path, 'done', index, 'record'])
          return []
        }
        const codes = readCodes(written ?? {}, found, say, [...path, 'done', index, 'with'])
        return [{ record: found.id, daysAgo: days_ago, codes }]
      }),
      classes: (classes ?? []).flatMap((name, index) => {
        const ref = findRef(standing, 'who', name)
        if (!ref) say(`没有叫“${name}”的类别`, [...path, 'classes', index])
        return ref ?? []
      }),
    })),
  }
}

type WrittenFirst = NonNullable<Written<'flow'>['steps'][number]['first']>[number]

function readFirst(written: WrittenFirst, standing: Standing, say: Say, path: Path): StepBefore | undefined {
  const record = standing.records.get(written.record)
  if (!record) say(`没有叫“${written.record}”的记录`, [...path, 'record'])
  const ref = written.for === undefined ? undefined : findRef(standing, 'who', written.for)
  if (written.for !== undefined && !ref) say(`没有叫“${written.for}”的类别`, [...path, 'for'])
  return (
    record && {
      record: record.id,
      number: record.number,
      where: readCodes(written.where ?? {}, record, say, [...path, 'where']),
      days: written.days,
      ...(ref && { for: ref }),
      exceptBy: written.except_by ?? [],
    }
  )
}

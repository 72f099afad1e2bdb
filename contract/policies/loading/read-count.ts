import type { CoverageRule } from '../rule.ts'
import { readBase, readExamples } from './read-base.ts'
import type { Path } from './read-yaml.ts'
import type { Written } from './shapes/index.ts'
import { findRef, type Say, type Standing } from './standing.ts'

/** Reads a coverage. */
export function readCount(
  written: Written<'count'>,
  line: number,
  standing: Standing,
  say: Say,
): CoverageRule | undefined {
  const base = readBase(written, line, standing, say)
  const denominator = readDenominator(written.of, standing, say)
  const duties = (names: readonly string[], path: Path) =>
    names.flatMap((name, index) => {
      const ref = findRef(standing, 'duty', name)
      if (!ref) say(`没有叫“${name}”的任务`, [...path, index])
      return ref ?? []
    })
  const numerator: CoverageRule['numerator'] =
    'duties' in written.counts_when
      ? { kind: 'duties', duties: duties(written.counts_when.duties, ['counts_when', 'duties']) }
      : { kind: 'centre', needs: written.counts_when.centre }
  if (denominator && (denominator.kind === 'units') !== (numerator.kind === 'centre'))
    say('按单位统计的只能看中心是否建成,按学生统计的只能看任务是否完成', ['counts_when'])
  const examples = readExamples(written.examples, (example, path) => ({
    dutiesMet: duties(example.duties_met ?? [], [...path, 'duties_met']),
    centre: example.centre ?? [],
  }))
  return (
    denominator && {
      ...base,
      kind: 'count',
      number: written.number,
      denominator,
      numerator,
      splits: written.splits,
      secrecy: written.secrecy,
      namesFor: written.names_for,
      showsReviewed: written.shows_reviewed ?? false,
      examples,
    }
  )
}

function readDenominator(
  written: Written<'count'>['of'],
  standing: Standing,
  say: Say,
): CoverageRule['denominator'] | undefined {
  if ('units' in written) return { kind: 'units', units: written.units }
  const ref = findRef(standing, 'who', written.class)
  if (!ref) say(`没有叫“${written.class}”的类别`, ['of', 'class'])
  return ref === undefined ? undefined : { kind: 'class', class: ref }
}

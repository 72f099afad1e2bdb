import type { Examples, RuleBase } from '../rule.ts'
import type { Written } from './shapes/index.ts'
import type { Say, Standing } from './standing.ts'

type WrittenBase = Pick<Written<'who'>, 'id' | 'label' | 'cite' | 'from' | 'until' | 'standpoint' | 'replaces'>

/** What every rule has: name, sources, dates. */
export function readBase(written: WrittenBase, line: number, standing: Standing, say: Say): RuleBase {
  for (const [index, cite] of written.cite.entries())
    if (!standing.documents.has(cite.document))
      say(`依据的文件“${cite.document}”没有列在 pack.yaml 的 documents 里`, ['cite', index, 'document'])
  if (written.from && written.until && written.from > written.until) say('起止日期写反了', ['until'])
  return {
    id: written.id,
    ref: written.replaces ?? `${standing.issuer}/${written.id}`,
    issuer: standing.issuer,
    label: written.label,
    cite: written.cite.map(({ quote, ...cite }) => ({ ...cite, ...(quote && { quote }) })),
    ...(written.from && { from: written.from }),
    ...(written.until && { until: written.until }),
    ...(written.standpoint && { standpoint: written.standpoint }),
    ...(written.replaces && { replaces: written.replaces }),
    line,
  }
}

/** Reads both sides of the examples; a made-up case that cannot be read has said so and is left out. */
export function readExamples<W, E>(
  written: { in: readonly W[]; out: readonly W[]; unknown?: readonly W[] },
  read: (example: W, path: readonly (string | number)[]) => E | undefined,
): Examples<E> {
  const side = (name: 'in' | 'out' | 'unknown') =>
    (written[name] ?? []).flatMap((example, index) => read(example, ['examples', name, index]) ?? [])
  return { in: side('in'), out: side('out'), unknown: side('unknown') }
}

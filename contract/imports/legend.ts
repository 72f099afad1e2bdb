import type { FieldShape } from './field-shape.ts'
import { cleanHeading, headingNote } from './headers.ts'
import { folded } from './values/text.ts'

/** Codes that a heading explains itself: 性别(1女2男), 住宿(1:住校 2:走读). They go before every code we know. */

const coded = new Set<FieldShape>([
  'sex',
  'yes-no',
  'boarding',
  'attendance',
  'left-behind',
  'stage',
  'monitor-kind',
  'disability-kind',
  'disability-level',
  'orphan-kind',
  'screening-level',
  'absence-reason',
  'visit-mode',
])

const codeFirst = /^(?:(\d{1,2})[-.:、=为]?([^\d\s,;、/:=.-]{1,12})[,;、/]?)+$/
const wordFirst = /^(?:([^\d\s,;、/:=.-]{1,12})[-.:、=为]?(\d{1,2})[,;、/]?)+$/

/** What each code means by the heading's own words, at least two of them; undefined when it explains none. */
export function legendOf(shape: FieldShape, heading: string): ReadonlyMap<string, string> | undefined {
  if (!coded.has(shape)) return undefined
  for (const note of headingNote(heading).matchAll(/[([【〔<《]([^)\]】〕>》]*)/g)) {
    const inner = folded(note[1] ?? '')
    const byCode = codeFirst.test(inner)
    if (!byCode && !wordFirst.test(inner)) continue
    const pairs = byCode
      ? [...inner.matchAll(/(\d{1,2})[-.:、=为]?([^\d\s,;、/:=.-]{1,12})/g)].map(([, code, word]) => [code, word])
      : [...inner.matchAll(/([^\d\s,;、/:=.-]{1,12})[-.:、=为]?(\d{1,2})/g)].map(([, word, code]) => [code, word])
    const legend = new Map(pairs as [string, string][])
    if (legend.size >= 2 && legend.size === pairs.length) return legend
  }
  return undefined
}

/** Whether a heading asks only 是否, so that a bare 1 says yes and no more. */
export const asksWhether = (heading: string): boolean => cleanHeading(heading).startsWith('是否')

import type { KindField } from './paper.ts'

type Codes = KindField['codes']

const keyFor = (kind: number, field: string): string => `tongxing.last-used.${kind}.${field}`

/** Long pick lists begin with what was used last; short ones keep their order, which people know by heart. */
export const sortedByUse = (codes: Codes, used: readonly number[]): Codes => {
  if (codes.length <= 7) return codes
  const rank = (code: number): number => (used.includes(code) ? used.indexOf(code) : used.length)
  return [...codes].sort((a, b) => rank(a.code) - rank(b.code))
}

export const readUsed = (kind: number, field: string): number[] => {
  const stored = localStorage.getItem(keyFor(kind, field)) ?? ''
  return stored.split(',').filter(Boolean).map(Number)
}

/** Notes a choice as the latest; the five latest are kept. */
export const noteUsed = (kind: number, field: string, code: number): void => {
  const used = [code, ...readUsed(kind, field).filter((other) => other !== code)].slice(0, 5)
  localStorage.setItem(keyFor(kind, field), used.join(','))
}

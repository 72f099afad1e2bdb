import type { Flow } from '#contract/flows'
import { inYuan } from '#contract/platform'
import type { RecordField } from '#contract/policies'
import type { Filled, Procedure } from './procedure.ts'

type Value = Filled[string]

const wordsOf = ({ type, codes = {} }: RecordField, value: Value): string => {
  const label = (code: number): string => codes[code] ?? String(code)
  if (Array.isArray(value)) return value.map(label).join('、')
  if (type === 'money' && typeof value === 'number') return inYuan(value)
  if (type === 'yes-no') return value === true ? '是' : '否'
  return typeof value === 'number' ? label(value) : String(value)
}

/** What was filled in with a step, as names and words: amounts, receipts, what a panel came to. */
export const stepWords = (
  { panels = [] }: Procedure,
  flow: Flow,
  { move, from, filled }: { readonly move: string; readonly from: string; readonly filled: Filled },
): { readonly label: string; readonly words: string }[] => {
  const { fields = [] } = flow.moves.find(({ id }) => id === move) ?? {}
  const choices = panels.find(({ state }) => state === from)?.choices
  return fields.flatMap((field) => {
    const value = filled[field.id]
    if (value === undefined) return []
    const asked = field.id === 'choice' && choices ? { ...field, codes: choices } : field
    return [{ label: field.label, words: wordsOf(asked, value) }]
  })
}

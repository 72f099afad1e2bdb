import type { getCase } from '#contract/flows'
import type { AnswerOf } from '#contract/platform'
import { mostMembers } from '#contract/recognition'
import { formatDate } from '#web/platform'

type Shown = AnswerOf<typeof getCase>

/** What was answered to a question, as it stands on paper; empty where nothing was. */
export const answerOn = ({ form, content }: Pick<Shown, 'form' | 'content'>, id: string): string => {
  const value = content[id]
  const field = form.find((one) => one.id === id)
  if (value === undefined || value === null || !field) return ''
  const label = (code: number): string => field.codes.find((one) => one.code === code)?.label ?? ''
  if (field.type === 'money') return (Number(value) / 100).toLocaleString('zh-CN')
  if (field.type === 'yes-no') return value === true ? '是' : '否'
  if (Array.isArray(value)) return value.map(Number).map(label).join('、')
  return field.type === 'code' ? label(Number(value)) : String(value)
}

/** The family, one row each, as far as it was written down: the questions of the form by their endings. */
export const memberRows = (shown: Pick<Shown, 'form' | 'content'>, questions: readonly string[]): string[][] =>
  Array.from({ length: mostMembers }, (_, index) =>
    questions.map((question) => answerOn(shown, `member${index + 1}_${question}`)),
  ).filter((cells) => cells.some((cell) => cell !== ''))

const collegeMoves = ['同意评议等级', '复核同意']
const changed = '调整等级后通过'
const schoolMoves = ['同意拟定等级', '另定等级', '不予认定']

export interface Opinion {
  readonly words: string
  readonly by: string
  readonly on: string
}

const opinionOf = (step: Shown['steps'][number] | undefined): Opinion | undefined =>
  step && {
    words: [step.label, step.reason].filter(Boolean).join(':'),
    by: step.by,
    on: formatDate(step.at.slice(0, 10)),
  }

/** The last word of the college or grade, and of the school. */
export const opinionsIn = (steps: Shown['steps']): { readonly college?: Opinion; readonly school?: Opinion } => {
  const college = opinionOf(steps.findLast(({ label }) => collegeMoves.includes(label) || label === changed))
  const school = opinionOf(steps.findLast(({ label }) => schoolMoves.includes(label)))
  return { ...(college ? { college } : {}), ...(school ? { school } : {}) }
}

/** `201503` → `2015年3月`; a date as well. */
export const yearMonthOf = (written: string, known: string | null): string => {
  const digits = (known ?? written).replaceAll('-', '')
  return /^\d{6}/.test(digits) ? `${digits.slice(0, 4)}年${Number(digits.slice(4, 6))}月` : written
}

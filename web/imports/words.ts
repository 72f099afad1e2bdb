import { type ImportView, isListKindId, kindOf } from '#contract/imports'
import { formatDate } from '#web/platform'

export type ImportState = ImportView['state']
export type ImportCounts = ImportView['counts']
export type Statement = NonNullable<ImportView['statement']>
export type Population = Statement['population']

export type Tone = 'working' | 'waiting' | 'done' | 'stopped'

/** What a person reads for each state; `tone` also gives it a shape, so that colour is never the only sign. */
export const stateWords: Record<ImportState, { label: string; tone: Tone }> = {
  received: { label: '已收到', tone: 'working' },
  reading: { label: '正在读取', tone: 'working' },
  mapped: { label: '待确认列', tone: 'waiting' },
  previewing: { label: '正在核对', tone: 'working' },
  previewed: { label: '待写入', tone: 'waiting' },
  committing: { label: '正在写入', tone: 'working' },
  committed: { label: '已写入', tone: 'done' },
  cancelled: { label: '已取消', tone: 'stopped' },
  failed: { label: '没有读成', tone: 'stopped' },
}

/** States in which the server is at work and the page asks again. */
export const isWorking = (state: ImportState): boolean => stateWords[state].tone === 'working'

/** States after which nothing more happens by itself or by a person. */
export const isOver = (state: ImportState): boolean => ['committed', 'cancelled', 'failed'].includes(state)

export const populationLabels: Record<Population, string> = {
  'all-residents': '全部居民中的对象(不在上面就不是)',
  enrolled: '全部在校学生(不在上面就不是)',
  screened: '参加了测评的学生',
  listed: '只是列出的这些人',
}

/** Kinds that bring no "yes or no" about those left out, and what being left out means instead. */
const leftOut: Readonly<Record<string, string>> = {
  roster: '按表新增和更新学生。没有列上的学生,档案不动,不会因此转走或删除。',
  staff: '按表新增和更新教职工。没有列上的人不动。',
  'psychological-screening': '列上的记下测评结果。没有列上的学生,仍是“没有测过”,不会当成“没有问题”。',
  'exam-results': '列上的记下成绩。没有列上的学生不记,也不算不及格。',
  'home-visits': '每一行记一次家访。没有列上的学生,不算访过。',
}

/**
 * What the statement will do, said before anyone agrees to it: whether being left out means no, and for whom. Only a
 * list that replaces the last one and speaks of everybody says no of those it leaves out. [X7]
 */
export const statementSentence = ({ kind, population, asOf, replaces }: Statement): string => {
  const own = leftOut[kind]
  if (own !== undefined) return own
  const speaksForAll = replaces && (population === 'all-residents' || population === 'enrolled')
  if (speaksForAll)
    return `列上的记为“是”;没有列上的在校学生,自${formatDate(asOf)}起记为“不是”,上一份有、这一份没有的也一样。有疑问的行等人工核对后再定。`
  return '列上的记为“是”。没有列上的学生不改,原来是什么还是什么,没有说过的仍是“不清楚”。'
}

/** Steps of the work as the server names them. */
const stepWords: Readonly<Record<string, string>> = { reading: '读取', judging: '逐行核对', committing: '写入' }

/** "约 2 分钟": rounded up, so that a person who leaves does not come back too early. */
export const timeLeftText = (seconds: number): string => {
  if (seconds < 10) return '马上好'
  if (seconds < 60) return `约 ${Math.ceil(seconds / 10) * 10} 秒`
  if (seconds < 3600) return `约 ${Math.ceil(seconds / 60)} 分钟`
  return `约 ${Math.ceil(seconds / 360) / 10} 小时`
}

export interface ProgressWords {
  /** 0–100, or null while the whole is not known. */
  readonly percent: number | null
  readonly sentence: string
}

/** Step, count, rate and time left, as far as each is known. */
export const progressWords = ({ step, done, total, perSecond }: ImportView['progress']): ProgressWords => {
  const parts = [stepWords[step] ?? step]
  if (total !== null) parts.push(`${done.toLocaleString('zh-CN')} / ${total.toLocaleString('zh-CN')} 行`)
  else if (done > 0) parts.push(`已处理 ${done.toLocaleString('zh-CN')} 行`)
  const moving = perSecond !== null && perSecond > 0
  if (moving) parts.push(`每秒 ${Math.round(perSecond).toLocaleString('zh-CN')} 行`)
  if (moving && total !== null && done < total)
    parts.push(`还需${timeLeftText((total - done) / perSecond)}`.replace('还需马上好', '马上好'))
  const percent = total === null || total === 0 ? null : Math.min(100, Math.floor((done * 100) / total))
  return { percent, sentence: parts.filter((part) => part !== '').join(' · ') }
}

/** What pressing 写入 will do, counted. Unchanged rows are not touched and refused rows are not written. */
export const commitSentences = (counts: ImportCounts, matched: boolean): string[] => {
  const said: string[] = []
  if (matched) {
    said.push(`对上 ${text(counts.matched)} 行,其中 ${text(counts.new + counts.changed)} 行会改变学生的情况。`)
    if (counts.doubtful > 0) said.push(`${text(counts.doubtful)} 行有疑问,先不写入,等人工核对。`)
    if (counts.unmatched > 0) said.push(`${text(counts.unmatched)} 行在学籍里没有找到,不写入,可以导出。`)
  } else {
    said.push(`新增 ${text(counts.new)} 行,变更 ${text(counts.changed)} 行;不变的 ${text(counts.unchanged)} 行不动。`)
  }
  if (counts.refused > 0) said.push(`退回 ${text(counts.refused)} 行,不写入,可以下载改好再交。`)
  said.push('要么全部写入,要么一行不写。')
  return said
}

const text = (value: number): string => value.toLocaleString('zh-CN')

/** True for a list whose rows are found among the students rather than being students or staff themselves. */
export const isMatchedList = ({ kind, counts }: Pick<ImportView, 'kind' | 'counts'>): boolean =>
  kind !== null && isListKindId(kind) ? kindOf(kind).matched : counts.matched + counts.doubtful + counts.unmatched > 0

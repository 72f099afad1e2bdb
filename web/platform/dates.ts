import { daysBetween, type PlainDate, sayDay } from '#contract/platform'

const inShanghai = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

const partsOf = (moment: Date): Record<string, string> =>
  Object.fromEntries(inShanghai.formatToParts(moment).map((part) => [part.type, part.value]))

/** Today in Asia/Shanghai by the device's clock. */
export const todayHere = (): PlainDate => {
  const { year, month, day } = partsOf(new Date())
  return `${year}-${month}-${day}`
}

/** `2025-09-01` → `2025年9月1日`; `—` when unknown. Also takes a moment (ISO). */
export const formatDate = (date: string | null | undefined): string => {
  if (!date) return '—'
  return sayDay(date.length > 10 ? plainDateOf(date) : date)
}

const plainDateOf = (moment: string): PlainDate => {
  const { year, month, day } = partsOf(new Date(moment))
  return `${year}-${month}-${day}`
}

/** A moment (ISO) → `9月1日 14:03`, with the year when it is not this one. */
export const formatMoment = (moment: string | null | undefined): string => {
  if (!moment) return '—'
  const { year, month, day, hour, minute } = partsOf(new Date(moment))
  const words = `${Number(month)}月${Number(day)}日 ${hour}:${minute}`
  return year === todayHere().slice(0, 4) ? words : `${year}年${words}`
}

/** A moment → `14:03`. */
export const formatTime = (moment: Date): string => {
  const { hour, minute } = partsOf(moment)
  return `${hour}:${minute}`
}

/** How long ago a day was, in words: `今天`, `昨天`, `12 天前`, `3 个月前`. */
export const agoWords = (date: string | null | undefined, today: PlainDate = todayHere()): string => {
  if (!date) return '—'
  const days = daysBetween(date.slice(0, 10), today)
  if (days < 0) return formatDate(date)
  if (days === 0) return '今天'
  if (days === 1) return '昨天'
  if (days < 60) return `${days} 天前`
  if (days < 730) return `${Math.round(days / 30)} 个月前`
  return `${Math.floor(days / 365)} 年前`
}

/** What is left until a day, in words: `今天到期`, `还有 5 天`, `已过 3 天`. */
export const leftWords = (due: string | null | undefined, today: PlainDate = todayHere()): string => {
  if (!due) return '不限期'
  const days = daysBetween(today, due)
  if (days === 0) return '今天到期'
  return days > 0 ? `还有 ${days} 天` : `已过 ${-days} 天`
}

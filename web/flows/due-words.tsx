import { formatDate, formatMoment, leftWords, useMe } from '#web/platform'

interface Due {
  readonly dueAt: string | null
  readonly overdue: boolean
}

const dayMs = 86_400_000

// The end of a day in Shanghai is said as the day; an hour is said as the hour.
const isEndOfDay = (at: Date): boolean => (at.getTime() + 8 * 3_600_000 + 1) % dayMs === 0

const dayOf = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)

/** By when, in words: the day, or the hour where hours count; overdue is said, not only coloured. */
export const DueWords = ({ dueAt, overdue }: Due) => {
  const { today } = useMe()
  if (dueAt === null) return <span className="quiet">不限时</span>
  const at = new Date(dueAt)
  const words = isEndOfDay(at) ? formatDate(dayOf(at)) : formatMoment(dueAt)
  if (overdue) return <span className="heed">已逾期(应于 {words})</span>
  const hours = Math.floor((at.getTime() - Date.now()) / 3_600_000)
  const inHours = !isEndOfDay(at) && hours >= 0 && hours < 48
  return (
    <span>
      {words}前{' '}
      <span className="quiet unbroken">
        {inHours ? (hours === 0 ? '不到 1 小时' : `还有 ${hours} 小时`) : leftWords(dayOf(at), today)}
      </span>
    </span>
  )
}

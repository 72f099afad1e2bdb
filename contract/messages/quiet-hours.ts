/** Minutes of the day in Asia/Shanghai; `from` later than `until` runs over midnight, equal means none. */
export interface QuietHours {
  readonly fromMinute: number
  readonly untilMinute: number
}

/** 21:00 to 07:00. 平台口径 */
export const usualQuietHours: QuietHours = { fromMinute: 21 * 60, untilMinute: 7 * 60 }

const minuteMs = 60_000
const dayMinutes = 1_440
// China has no summer time.
const shanghaiAhead = 8 * 60

const minuteOfDay = (at: Date): number => Math.floor(at.getTime() / minuteMs + shanghaiAhead) % dayMinutes

/** When the quiet hours end in which this moment lies; null outside of them. */
export const endOfQuiet = (at: Date, { fromMinute, untilMinute }: QuietHours): Date | null => {
  if (fromMinute === untilMinute) return null
  const now = minuteOfDay(at)
  const since = (now - fromMinute + dayMinutes) % dayMinutes
  const long = (untilMinute - fromMinute + dayMinutes) % dayMinutes
  if (since >= long) return null
  const thisMinute = Math.floor(at.getTime() / minuteMs) * minuteMs
  return new Date(thisMinute + (long - since) * minuteMs)
}

/** `1260` → `21:00`. */
export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** `21:00` → 1260; undefined for what is no time of day. */
export const minuteOf = (clock: string): number | undefined => {
  const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock)
  return found ? Number(found[1]) * 60 + Number(found[2]) : undefined
}

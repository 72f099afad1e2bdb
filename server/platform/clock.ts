const shanghai = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** Today in Asia/Shanghai as `yyyy-mm-dd`, whatever the machine's zone. */
export const today = (now: Date = new Date()): string => shanghai.format(now)

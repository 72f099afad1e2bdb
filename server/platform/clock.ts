const shanghai = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** Today in Asia/Shanghai as `yyyy-mm-dd`, whatever the machine's zone. */
export const today = (now?: Date): string => (now ? shanghai.format(now) : runningDay())

const minute = 60_000
let running = { minute: 0, day: '' }

// Every request asks several times, and no day turns within a minute.
const runningDay = (): string => {
  const at = Math.floor(Date.now() / minute)
  if (running.minute !== at) running = { minute: at, day: shanghai.format(at * minute) }
  return running.day
}

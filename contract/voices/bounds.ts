import { Refusal } from '#contract/platform'

/** How often one caller, and all callers together, may use an open endpoint within an hour. 平台口径 */
export interface Bound {
  readonly each: number
  readonly all: number
}

export const bounds = {
  send: { each: 5, all: 300 },
  look: { each: 40, all: 6_000 },
  find: { each: 120, all: 20_000 },
} as const satisfies Record<string, Bound>

/** Letters one unit takes within an hour. 平台口径 */
export const mostPerHour = 30

/** Open anonymous cases one unit takes in a day; more than that is flooding, and the telephone is still there. */
export const mostPerDay = 60

export const tooMany = (): Refusal =>
  new Refusal('voices.too-many', '现在来信太多,请过一小时再试;紧急情况请拨打 110 或 12355。', 'unavailable')

/**
 * Counts uses of each caller within the hour at `now`, in memory alone: who called is nowhere written. Refuses by answering
 * false. Forgets everything older.
 */
export const openBounds = (most = 20_000) => {
  let since = 0
  const used = new Map<string, number>()
  return (kind: keyof typeof bounds, caller: string, now: number): boolean => {
    if (now - since >= 3_600_000 || now < since) {
      used.clear()
      since = now
    }
    const [own, all] = [`${kind} ${caller}`, kind]
    const [mine, everybody] = [used.get(own) ?? 0, used.get(all) ?? 0]
    if (mine >= bounds[kind].each || everybody >= bounds[kind].all || (mine === 0 && used.size >= most)) return false
    used.set(own, mine + 1)
    used.set(all, everybody + 1)
    return true
  }
}

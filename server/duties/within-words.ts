import type { PlannedEvent } from './plan-events.ts'

/** `发生后24小时内`, `发生后5个工作日内`. */
export const withinWords = ({ per }: Pick<PlannedEvent, 'per'>): string =>
  per.hours === undefined ? `发生后${per.workingDays}个工作日内` : `发生后${per.hours}小时内`

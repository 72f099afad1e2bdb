import { formatMoment } from '#web/platform'

/** A minute in Asia/Shanghai as the server writes it, `2025-11-22 09:20`, in words; also takes a moment with its zone. */
export const whenText = (text: string): string =>
  formatMoment(/^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(text) ? `${text.replace(' ', 'T')}:00+08:00` : text)

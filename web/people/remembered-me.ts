import type { Me } from '#web/platform'

const storedAs = 'tongxing.me'
const longestHours = 72

/** Keeps who was signed in (no student's data), so that a visit can be written down where there is no network. */
export const rememberMe = (me: Me): void => {
  localStorage.setItem(storedAs, JSON.stringify({ me, at: Date.now() }))
}

export const forgetMe = (): void => localStorage.removeItem(storedAs)

/** Who was last signed in on this device, unless that is more than three days ago. */
export const rememberedMe = (): Me | undefined => {
  try {
    const stored = JSON.parse(localStorage.getItem(storedAs) ?? '') as { me: Me; at: number }
    return Date.now() - stored.at < longestHours * 3_600_000 ? stored.me : undefined
  } catch {
    return undefined
  }
}

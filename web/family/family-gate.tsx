import { type ReactNode, useEffect } from 'react'
import { useGo, useMe, usePath } from '#web/platform'

// Below the place of all requests, the lists, panels and proposals are of the staff.
const own: readonly RegExp[] = [
  /^\/(my|messages)$/,
  /^\/my\/records\/[0-9a-f-]{36}\/[0-9a-f-]{36}$/,
  /^\/(apply|announcement)\//,
  /^\/flows\/new(\/|$)/,
  /^\/flows\/(panels|[0-9a-f-]{36})\/[0-9a-f-]{36}$/,
]

/** A family begins at 我的 and comes back to it from every place of staff; staff pass through. */
export const FamilyGate = ({ children }: { children: ReactNode }) => {
  const { family } = useMe()
  const path = usePath()
  const go = useGo()
  const astray = family !== null && family !== undefined && !own.some((place) => place.test(path))
  useEffect(() => {
    if (astray) go('/my', undefined, { replace: true })
  }, [astray, go])
  return astray ? null : children
}

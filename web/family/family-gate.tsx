import { type ReactNode, useEffect } from 'react'
import { useGo, useMe, usePath } from '#web/platform'

const own = (path: string): boolean => path === '/my' || path === '/messages' || path.startsWith('/flows/')

/** A family begins at 我的 and comes back to it from every place of staff; staff pass through. */
export const FamilyGate = ({ children }: { children: ReactNode }) => {
  const { family } = useMe()
  const path = usePath()
  const go = useGo()
  const astray = family !== null && family !== undefined && !own(path)
  useEffect(() => {
    if (astray) go('/my', undefined, { replace: true })
  }, [astray, go])
  return astray ? null : children
}

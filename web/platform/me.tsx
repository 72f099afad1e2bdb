import { createContext, type ReactNode, useContext } from 'react'
import type { PlaceId } from './places.tsx'

/** Who sits before the screen: what every page may need of the answer to "who am I". */
export interface Me {
  readonly personId: string
  readonly name: string
  readonly posts: readonly {
    readonly post: string
    readonly label: string
    readonly unitId: string
    readonly unitName: string
  }[]
  /** What a family account is; null for staff. */
  readonly family: 'guardian' | 'student' | null
  readonly places: readonly PlaceId[]
  readonly homeUnit: { readonly id: string; readonly name: string }
  readonly permissions: readonly string[]
  /** Today by the server's clock, a plain date. */
  readonly today: string
  readonly demo: boolean
}

const MeContext = createContext<Me | undefined>(undefined)

export const MeProvider = ({ me, children }: { me: Me; children: ReactNode }) => (
  <MeContext.Provider value={me}>{children}</MeContext.Provider>
)

/** The signed-in person. Every screen inside the shell has one. */
export const useMe = (): Me => {
  const me = useContext(MeContext)
  if (!me) throw new Error('useMe needs MeProvider')
  return me
}

/** Whether this person's posts allow an operation somewhere. The server decides each case. */
export const useMay = (permission: string): boolean => useMe().permissions.includes(permission)

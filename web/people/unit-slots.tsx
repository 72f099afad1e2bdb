import { createContext, type ReactNode, useContext } from 'react'
import type { UnitAnswer } from '#web/organisations'

/** A tab of a unit that a later capability adds. It is left out where `shows` says no. */
export interface UnitTab {
  readonly key: string
  readonly label: string
  readonly shows: (answer: UnitAnswer) => boolean
  readonly Body: (props: { readonly answer: UnitAnswer }) => ReactNode
}

const Slots = createContext<readonly UnitTab[]>([])

/** What later capabilities put beside the posts and people of a unit; `web/main.tsx` joins them. */
export const UnitTabsProvider = ({ tabs, children }: { tabs: readonly UnitTab[]; children: ReactNode }) => (
  <Slots.Provider value={tabs}>{children}</Slots.Provider>
)

export const useUnitTabs = (): readonly UnitTab[] => useContext(Slots)

import { createContext, type ReactNode, useContext } from 'react'

/** What later capabilities show on the desk of whoever has no duties of their own. */
export interface DeskSlots {
  readonly Glance: () => ReactNode
}

const DeskSlotsContext = createContext<DeskSlots | undefined>(undefined)

export const DeskSlotsProvider = ({ slots, children }: { slots: DeskSlots; children: ReactNode }) => (
  <DeskSlotsContext.Provider value={slots}>{children}</DeskSlotsContext.Provider>
)

export const useDeskSlots = (): DeskSlots => {
  const slots = useContext(DeskSlotsContext)
  if (!slots) throw new Error('useDeskSlots needs DeskSlotsProvider')
  return slots
}

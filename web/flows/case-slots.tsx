import { createContext, type ReactNode, useContext } from 'react'
import type { getCase } from '#contract/flows'
import type { AnswerOf } from '#contract/platform'

/** One case as its page shows it. */
export type ShownCase = AnswerOf<typeof getCase> & { readonly schoolId: string; readonly caseId: string }

/** What capabilities show in the place of all procedures beside the engine's own. */
export interface CaseSlots {
  /** Further lists of the place, as tabs, for whoever may read them: `[{ label: '名单确认', to: '/flows/proposals', may: … }]`. */
  readonly lists: readonly { readonly label: string; readonly to: string; readonly may?: string }[]
  /** What one procedure adds to the page of its cases, by flow id. */
  readonly parts: Readonly<Record<string, (props: { readonly shown: ShownCase }) => ReactNode>>
}

const CaseSlotsContext = createContext<CaseSlots>({ lists: [], parts: {} })

export const CaseSlotsProvider = ({ slots, children }: { slots: CaseSlots; children: ReactNode }) => (
  <CaseSlotsContext.Provider value={slots}>{children}</CaseSlotsContext.Provider>
)

export const useCaseSlots = (): CaseSlots => useContext(CaseSlotsContext)

import { createContext, type ReactNode, useContext } from 'react'
import type { getCase } from '#contract/flows'
import type { AnswerOf } from '#contract/platform'
import type { FieldValue } from '#web/records'

/** One case as its page shows it. */
export type ShownCase = AnswerOf<typeof getCase> & { readonly schoolId: string; readonly caseId: string }

/** A question a capability asks in its own way: label, hint and problem are drawn around it. */
export interface OwnInputProps {
  readonly id: string
  readonly schoolId: string
  readonly value: FieldValue | undefined
  readonly onChange: (value: FieldValue | undefined) => void
}

/** What capabilities show in the place of all procedures beside the engine's own. */
export interface CaseSlots {
  /** Further lists of the place, grouped by what people come for, for whoever may read them. */
  readonly lists: readonly {
    readonly group: string
    readonly links: readonly { readonly label: string; readonly to: string; readonly may?: string }[]
  }[]
  /** What one procedure adds to the page of its cases, by flow id. */
  readonly parts: Readonly<Record<string, (props: { readonly shown: ShownCase }) => ReactNode>>
  /** Where a procedure goes that names no student, by flow id: for who works at no school, or tells of another. */
  readonly schools?: Readonly<
    Record<
      string,
      (props: { readonly value: string | undefined; readonly onChange: (id: string) => void }) => ReactNode
    >
  >
  /** Questions asked otherwise than by their type, by `flow.field`. */
  readonly inputs?: Readonly<Record<string, (props: OwnInputProps) => ReactNode>>
}

const CaseSlotsContext = createContext<CaseSlots>({ lists: [], parts: {} })

export const CaseSlotsProvider = ({ slots, children }: { slots: CaseSlots; children: ReactNode }) => (
  <CaseSlotsContext.Provider value={slots}>{children}</CaseSlotsContext.Provider>
)

export const useCaseSlots = (): CaseSlots => useContext(CaseSlotsContext)

import { createContext, type ReactNode, useContext } from 'react'
import type { AnswerOf } from '#contract/platform'
import type { getStudent } from '#contract/students'

export type StudentFile = AnswerOf<typeof getStudent>

/** A tab of the file that a later capability adds. It is left out where `shows` says no. */
export interface FileTab {
  readonly key: string
  readonly label: string
  readonly shows: (file: StudentFile) => boolean
  readonly Body: (props: { file: StudentFile }) => ReactNode
}

/** What later capabilities put into a student's file and list; `web/main.tsx` joins them. */
export interface FileSlots {
  readonly tabs: readonly FileTab[]
  /** Shown under the classes: what is decided about them. */
  readonly Decisions: (props: { file: StudentFile }) => ReactNode
  /** One record in full, drawn over the file. */
  readonly RecordView: (props: { schoolId: string; recordId: string | undefined; onClose: () => void }) => ReactNode
  /** A message to the guardians, and what became of earlier ones. */
  readonly WriteToFamily: (props: { schoolId: string; studentId: string }) => ReactNode
  /** Starts a record for these students (all of one school). */
  readonly RecordButton: (props: {
    students: readonly PickedStudent[]
    kind?: number
    label?: string
    primary?: boolean
  }) => ReactNode
}

export interface PickedStudent {
  readonly schoolId: string
  readonly id: string
  readonly name: string
  readonly className: string
}

const Slots = createContext<FileSlots | undefined>(undefined)

export const FileSlotsProvider = ({ slots, children }: { slots: FileSlots; children: ReactNode }) => (
  <Slots.Provider value={slots}>{children}</Slots.Provider>
)

export const useFileSlots = (): FileSlots => {
  const slots = useContext(Slots)
  if (!slots) throw new Error('useFileSlots needs FileSlotsProvider')
  return slots
}

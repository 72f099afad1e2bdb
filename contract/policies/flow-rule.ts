import type { UnitKind } from '#contract/organisations'
import type { PostId } from '#contract/people'
import type { ClassRef, FactValue } from './condition.ts'
import type { Examples, RecordKindId, RuleBase } from './rule-base.ts'

export interface FlowStep {
  readonly id: string
  readonly label: string
  /** A step that is off is skipped; it stays named so that a lower pack can switch it on. */
  readonly on: boolean
  readonly by: readonly PostId[]
  /** Working days allowed for the step; absent where the document sets none. */
  readonly days?: number
  /** The act needs a written reason. */
  readonly needsReason: boolean
  /** What must have been done before the step may be taken; empty for most. */
  readonly first: readonly StepBefore[]
  /** Who deliberates on the step, by kind of school; a kind no panel names has none. Absent where nobody sits. [C19] */
  readonly panels?: readonly PanelRule[]
}

/** Whom a member of a panel speaks for. */
export const panelSides = {
  teacher: '教师',
  leader: '学校负责人',
  parent: '家长',
  student: '同学',
  community: '村(社区)代表',
} as const
export type PanelSide = keyof typeof panelSides

/** How a panel is made up at schools of some kinds. */
export interface PanelRule {
  readonly schools: readonly UnitKind[]
  readonly sides: readonly PanelSide[]
  /** Fewest members who must be present. */
  readonly least: number
  /** Share of the members who must be present, in percent. */
  readonly share: number
  /** A unit that cannot seat so many judges jointly with the nearest unit above of these kinds; nowhere when empty. */
  readonly joins: readonly UnitKind[]
  /** Members who stand aside beside relatives: the mentor of the student, the teacher of the student's class. */
  readonly asides: readonly ('mentor' | 'class-teacher')[]
}

/** Points of one answer in the form of a request; advice beside what people judge. */
export interface Indicator {
  readonly id: string
  readonly label: string
  readonly group: string
  /** Field of the form. */
  readonly field: string
  /** Points for each code of the field; an answer without points counts nothing. */
  readonly points: Readonly<Record<number, number>>
}

/** A versioned table of indicators: the version is the pack's. [C8 C19] */
export interface Scoring {
  readonly indicators: readonly Indicator[]
  /** Most points of a group together. */
  readonly caps: Readonly<Record<string, number>>
}

/** A record that comes before a step: visited first, recognised after. [C5 S10] */
export interface StepBefore {
  readonly record: RecordKindId
  readonly number: number
  /** For coded fields the codes accepted: a review that found it needed. */
  readonly where: Readonly<Record<string, readonly number[]>>
  /** Done in the last so many days, the day of the step counted as the first. */
  readonly days: number
  /** Only for members of this class; for everybody when absent. */
  readonly for?: ClassRef
  /** Posts that may take the step without it, with a written reason; nobody when empty. */
  readonly exceptBy: readonly PostId[]
}

/** flow: by which steps it is decided. */
export interface FlowRule extends RuleBase {
  readonly kind: 'flow'
  /** The fact the flow decides and the values it may set. */
  readonly decides: {
    readonly fact: 'hardship_level' | 'key_student' | 'sudden_hardship'
    readonly values: readonly FactValue[]
  }
  /** Id of the procedure these steps belong to, where one fact is decided in several ways; absent for the direct decision. */
  readonly procedure?: string
  readonly scoring?: Scoring
  /** The candidates it starts from; absent when anybody may be taken up. */
  readonly fromClass?: ClassRef
  readonly publicity: 'none' | 'notice'
  readonly steps: readonly FlowStep[]
  readonly examples: Examples<FlowExample>
}
/** A current record about the student as a step reads it. */
export interface DoneBefore {
  readonly record: RecordKindId
  readonly daysAgo: number
  readonly codes: Readonly<Record<string, readonly number[]>>
}
export interface FlowExample {
  readonly moves: readonly { readonly step: string; readonly by: PostId; readonly reason?: string }[]
  /** Records about the student, by how many days before the step; 0 is the same day. */
  readonly done: readonly DoneBefore[]
  readonly classes: readonly ClassRef[]
}

import type { UnitKind } from '#contract/organisations'
import type { PostId } from '#contract/people'
import type { SecrecyDomain } from '#contract/students'
import type { ClassRef, Condition, FactValue, PlainDate, Subject } from './condition.ts'

/** Where a rule comes from: the requirement, the document (listed in pack.yaml) and the place in it. */
export interface Cite {
  readonly requirement: readonly string[]
  readonly document: string
  /** Article or paragraph. */
  readonly at: string
  readonly quote?: string
}

/** `<issuer>/<id>` of the rule's first definition. A rule that replaces another keeps the name of the one it replaces. */
export type RuleRef = string

export interface RuleBase {
  readonly id: string
  readonly ref: RuleRef
  /** The pack this text of the rule stands in. */
  readonly issuer: string
  readonly label: string
  readonly cite: readonly Cite[]
  /** First and last day in force; open when absent. */
  readonly from?: PlainDate
  readonly until?: PlainDate
  /** 平台口径: the figure or boundary is ours, the document is silent. */
  readonly standpoint?: 'platform'
  readonly replaces?: RuleRef
  readonly line: number
}

/** A child made up for an example, and what the rule should say. */
export interface StudentExample {
  readonly subject: Subject
  readonly date?: PlainDate
  readonly suggests?: FactValue
}

export interface Examples<E> {
  readonly in: readonly E[]
  readonly out: readonly E[]
  readonly unknown: readonly E[]
}

/** who: a class of students. */
export interface ClassRule extends RuleBase {
  readonly kind: 'who'
  /** Who may learn of membership: those who see this domain. */
  readonly secrecy: SecrecyDomain
  /** Why membership may be known more widely than the facts it rests on. */
  readonly discloses?: string
  /** True for candidates: the rule proposes, a person confirms. Never the base of a duty, a figure or another class. */
  readonly proposes: boolean
  /** For candidates: the value to propose, by the first condition met. */
  readonly suggests?: {
    readonly fact: 'hardship_level' | 'key_student'
    readonly choose: readonly { readonly value: FactValue; readonly when?: Condition }[]
  }
  readonly when: Condition
  readonly examples: Examples<StudentExample>
}

export type RecordKindId = string

/** Which records count: the kind, and for coded fields the codes accepted. */
export interface RecordNeed {
  readonly kind: 'record'
  readonly record: RecordKindId
  readonly number: number
  readonly where: Readonly<Record<string, readonly number[]>>
}
/** A person must be in post for the student, e.g. a mentor. */
export interface AppointmentNeed {
  readonly kind: 'appointment'
  readonly post: PostId
}
/** Every part of the archive has content or is verified as empty. */
export interface ArchiveNeed {
  readonly kind: 'archive'
  readonly parts: readonly ArchivePart[]
}
export interface ArchivePart {
  readonly part: 'aid-history' | 'visits' | 'traits' | 'rewards'
  /** Record kinds that fill the part; `[]` where the system derives it and it is never empty. */
  readonly shownBy: readonly RecordKindId[]
  readonly numbers: readonly number[]
}

export type DutyNeed = RecordNeed | AppointmentNeed | ArchiveNeed

/** A teaching week is one with a school day in it; a vacation is the winter or the summer holiday between two terms. */
export type PeriodName =
  | 'school-day'
  | 'week'
  | 'teaching-week'
  | 'month'
  | 'term'
  | 'vacation'
  | 'school-year'
  | 'calendar-year'
export type DutyPeriod =
  | { readonly kind: 'every'; readonly period: PeriodName }
  /** Must hold at all times (a mentor in post). */
  | { readonly kind: 'standing' }
  | { readonly kind: 'once'; readonly by: PlainDate }
  /** Within so long of a record of this kind; with `where`, only of one that says so (a finding, a change). */
  | {
      readonly kind: 'after'
      readonly event: RecordKindId
      readonly where: Readonly<Record<string, readonly number[]>>
      readonly hours?: number
      readonly workingDays?: number
    }

export interface DutyExample {
  readonly period?: { readonly from: PlainDate; readonly until: PlainDate }
  readonly acts: readonly DutyAct[]
  readonly posts: readonly PostId[]
  readonly parts: readonly string[]
}
/** A current record as a duty reads it. */
export interface DutyAct {
  readonly record: RecordKindId
  readonly on: PlainDate
  readonly codes: Readonly<Record<string, readonly number[]>>
}

/** duty: for this class, this post does this, at least n, every period. */
export interface DutyRule extends RuleBase {
  readonly kind: 'duty'
  /** What others may read on a screen, in a message or a file name: no word that labels a child. */
  readonly neutralTitle: string
  readonly for: ClassRef
  readonly does: DutyNeed
  readonly by: PostId
  /** To whom the duty passes, in order, while the post is vacant. */
  readonly fallback: readonly PostId[]
  readonly atLeast: number
  readonly per: DutyPeriod
  readonly examples: Examples<DutyExample>
}

export type RecordFieldType = 'text' | 'code' | 'multi-code' | 'date' | 'integer' | 'money' | 'yes-no'

export interface RecordField {
  readonly id: string
  readonly label: string
  readonly type: RecordFieldType
  readonly required: boolean
  /** Required only where another field has one of these codes: exempt from a visit, so say why. */
  readonly requiredWhen?: { readonly field: string; readonly codes: readonly number[] }
  /** Text: characters; integer: largest value; money: largest value in fen; multi-code: most choices. */
  readonly max: number
  readonly codes?: Readonly<Record<number, string>>
  /** Free text about a child is encrypted at rest. */
  readonly encrypted: boolean
  readonly hint?: string
  /** Heading the form shows this field under. */
  readonly group?: string
}

/** record: what proves it. `number` is what tables store and never changes. */
export interface RecordKindDefinition extends RuleBase {
  readonly kind: 'record'
  readonly number: number
  readonly neutralTitle: string
  readonly domain: SecrecyDomain
  readonly track: TrackId
  readonly subjects: 'one' | 'many'
  readonly needsReview: boolean
  readonly fields: readonly RecordField[]
  readonly examples: Examples<RecordExample>
}
export interface RecordExample {
  readonly content: Readonly<Record<string, unknown>>
}

/** The tracks of care: the five guides of Zaoyang [Z2] with careers and growth, as the Jiangsu papers add them. */
export const tracks = {
  thought: '思想',
  mind: '心理',
  life: '生活',
  study: '学业',
  policy: '政策',
  career: '就业',
  growth: '成长',
} as const
export type TrackId = keyof typeof tracks

/** 1 to 6 are the six coverages of Jiangsu wherever they stand; a pack that counts something else takes a number of its own. */
export type CoverageNumber = number
export const MOST_COVERAGE_NUMBER = 99
export type CoverageSplit = 'stage' | 'urban' | 'class'
export type CentrePart = 'place' | 'director' | 'member'
export type CentreUnit = 'county' | 'school' | 'college'

/** count: one coverage. A student counts when every duty named is met; a unit when its centre is complete. */
export interface CoverageRule extends RuleBase {
  readonly kind: 'count'
  readonly number: CoverageNumber
  readonly denominator:
    | { readonly kind: 'class'; readonly class: ClassRef }
    | { readonly kind: 'units'; readonly units: readonly CentreUnit[] }
  readonly numerator:
    | { readonly kind: 'duties'; readonly duties: readonly RuleRef[] }
    | { readonly kind: 'centre'; readonly needs: readonly CentrePart[] }
  readonly splits: readonly CoverageSplit[]
  readonly secrecy: SecrecyDomain
  /** Posts that may open the names of who is missing. */
  readonly namesFor: readonly PostId[]
  /** Show "reviewed" beside "done" (visited and reviewed are told apart). */
  readonly showsReviewed: boolean
  readonly examples: Examples<CoverageExample>
}
export interface CoverageExample {
  readonly dutiesMet: readonly RuleRef[]
  readonly centre: readonly CentrePart[]
}

export type GuardReach = 'own-students' | 'class' | 'school' | 'unit' | 'none'
export type GuardedList = 'key-students' | 'coverage-5' | 'coverage-6'
/** Lists a guard may name; the importer knows the same ids. */
export const importListKinds = [
  'roster',
  'staff',
  'dibao',
  'dibao-marginal',
  'destitute',
  'children-in-difficulty',
  'martyrs',
  'disability',
  'poverty-monitor',
  'orphans',
  'psychological-screening',
  'exam-results',
  'registration-absences',
  'home-visits',
] as const
export type ImportListKind = (typeof importListKinds)[number]

/** guard: what must never happen, said as who may. */
export interface GuardRule extends RuleBase {
  readonly kind: 'guard'
  readonly guards:
    | {
        readonly kind: 'sees'
        readonly post: PostId
        readonly domains: readonly SecrecyDomain[]
        readonly over: GuardReach
      }
    | { readonly kind: 'opens'; readonly lists: readonly GuardedList[]; readonly posts: readonly PostId[] }
    | { readonly kind: 'imports'; readonly lists: readonly ImportListKind[]; readonly posts: readonly PostId[] }
    | { readonly kind: 'unspoken'; readonly words: readonly string[] }
  readonly examples: Examples<GuardExample>
}
export interface GuardExample {
  readonly post?: PostId
  readonly domain?: SecrecyDomain
  readonly list?: string
  readonly text?: string
}

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

export type Rule = ClassRule | DutyRule | RecordKindDefinition | FlowRule | CoverageRule | GuardRule
export type RuleKind = Rule['kind']
export type RuleOf<K extends RuleKind> = Extract<Rule, { kind: K }>

import type { Flow, Move, Need } from '#contract/flows'
import type { PostId } from '#contract/people'
import type { PlainDate, Refusal } from '#contract/platform'
import type { FlowRule, PanelRule, RulesInForce } from '#contract/policies'
import type { SecrecyDomain } from '#contract/students'
import type { Actor, Db, Services } from '#server/platform'
import type { Registry } from '#server/policies'

/** A case as the engine holds it. */
export interface Case {
  readonly schoolId: string
  readonly id: string
  readonly flow: string
  readonly studentId: string | null
  readonly scope: string
  /** Code of the secrecy domain it is kept in. */
  readonly secrecy: number
  readonly place: string
  readonly state: string
  readonly version: number
  readonly openedBy: string
  readonly applicantId: string | null
  readonly panelId: string | null
  readonly roundId: string | null
  readonly desks: readonly string[]
  readonly assigned: readonly string[]
  readonly excluded: readonly string[]
  readonly enteredAt: Date
  readonly openedAt: Date
  readonly dueAt: Date | null
  readonly payload: Readonly<Record<string, string | number | boolean | null>>
}

/** Values of a form by field id, checked against its declaration. */
export type Filled = Readonly<Record<string, string | number | boolean | number[]>>

/** Who acts: a person, or the time that ran out. */
export type Doer = Pick<Actor, 'personId' | 'name' | 'posts' | 'settings'>

/** A move being made, as what follows from it is told. Everything happens in one transaction, as the importer. */
export interface Made {
  readonly services: Services
  readonly registry: Registry
  readonly case: Case
  readonly move: Move
  readonly to: string
  readonly stepId: string
  readonly by: Doer
  readonly today: PlainDate
  /** The present instant, by which clocks and rosters are read. */
  readonly at: Date
  readonly reason: string | null
  /** Filled in with the move. */
  readonly fields: Filled
  /** Filled in with the request; empty where the flow has no form. */
  readonly content: Filled
}

/** What a move changes about its case beside the state; what is left out stays. */
export interface Change {
  readonly payload?: Case['payload']
  readonly place?: string
  readonly assigned?: readonly string[]
  readonly excluded?: readonly string[]
  readonly panelId?: string | null
  readonly roundId?: string | null
  readonly applicantId?: string | null
  readonly studentId?: string | null
}

/** The same move being made on many cases at once: what follows is written in statements that do not grow with them. */
export interface MadeMany extends Omit<Made, 'case' | 'to' | 'stepId' | 'content'> {
  readonly items: readonly Pick<Made, 'case' | 'to' | 'stepId' | 'content'>[]
}

/** What follows for each case, by its id; one that may not go on is answered with the refusal and stays. */
export type FollowedMany = ReadonlyMap<string, Change | Refusal>

/** What a case begins with. */
export interface Begun extends Change {
  /** Kept in another secrecy domain than its flow's: out of sight of the family. [G33] */
  readonly domain?: SecrecyDomain
}

/** A request to open a case. */
export interface Opening {
  readonly schoolId: string
  readonly studentId: string | null
  readonly content: Filled
  readonly by: Doer
  readonly today: PlainDate
  readonly at: Date
}

/** What a panel reads beside a request: worked out, advice only. */
export interface Advice {
  readonly label: string
  readonly words: string
}

/** The state of a procedure in which a panel deliberates, one sitting over many cases. [C19] */
export interface PanelState {
  readonly state: string
  /** Step of the pack that says who sits at which kind of school. */
  readonly step: string
  /** Who may convene and keep it, by a post over the unit; the pack may narrow it. */
  readonly by: readonly PostId[]
  /** What a member votes for, by code. */
  readonly choices: Readonly<Record<number, string>>
  /**
   * The move by which closing carries each case on, one for all or by what was chosen: by `panel-chair`, needing
   * `panel-closed`, with the field `choice`.
   */
  readonly closes: string | Readonly<Record<number, string>>
  /** Who sits where the pack does not say; nobody when left out. 平台口径 */
  readonly usual?: PanelRule
  /** One sitting over the whole school; over the unit the cases stand at when left out. */
  readonly over?: 'school'
  readonly advice?: (content: Filled, standing: Case, rules: RulesInForce) => readonly Advice[]
}

/**
 * A procedure: its table, and what this capability adds. Everything else — order, posts, clocks, desks, steps, inbox,
 * secrecy — is the engine's.
 */
export interface Procedure {
  readonly flow: Flow
  /** `student`: about one student at the school; `either`: a student may be named; `none`: never. */
  readonly about: 'student' | 'either' | 'none'
  /** The pack's rule for this procedure, if one is in force. */
  readonly rule?: (rules: RulesInForce) => FlowRule | undefined
  /** Decides classes or figures: the school is held before the case, as records hold it. */
  readonly holdsSchool?: boolean
  /** Where posts are asked and who is shut out; the student's class or the school when left out. As the importer. */
  readonly begin?: (db: Db, opening: Opening) => Promise<Begun | undefined>
  /** Which needs of its moves are met; `content` is asked by the engine. As the importer. */
  readonly met?: (db: Db, standing: Case, today: PlainDate) => Promise<readonly Need[]>
  /** States in which a panel deliberates. */
  readonly panels?: readonly PanelState[]
  /** Steps of the table passed over for each of these cases of one school beside those the pack leaves out. As the importer. */
  readonly skips?: (db: Db, cases: readonly Case[]) => Promise<ReadonlyMap<string, readonly string[]>>
  /** What follows from a move, by its id. Throws a refusal to stop everything. */
  readonly follow?: Readonly<Record<string, (db: Db, made: Made) => Promise<Change | undefined>>>
  /** The same for moves made on many cases at once; one case goes this way too. */
  readonly followMany?: Readonly<Record<string, (db: Db, made: MadeMany) => Promise<FollowedMany>>>
}

import type { Ballot, PanelMember, Quorum } from '#contract/flows'
import { notFound } from '#contract/platform'
import { type Db, raw, sql } from '#server/platform'

/** A panel as operations hold it. */
export interface Panel extends Quorum {
  readonly id: string
  readonly flow: string
  /** State of the procedure it deliberates on. */
  readonly state: string
  readonly label: string
  readonly unitId: string
  readonly unitPath: string
  readonly unitName: string
  readonly convenedAt: string
  readonly closedAt: string | null
}

export interface Seat extends PanelMember {
  readonly personId: string | null
  readonly name: string
}

/** A case before a panel, with what was decided of a tie. */
export interface Judged {
  readonly schoolId: string
  readonly caseId: string
  readonly number: number
  readonly studentId: string | null
  /** Where the case stands now: one that was withdrawn meanwhile is not judged any more. */
  readonly state: string
  readonly tiedChoice: number | null
  readonly tiedReason: Buffer | null
  readonly result: number | null
}

const columns =
  raw(`p.id, p.flow, p.state, p.label, p.unit_id as "unitId", p.unit_path as "unitPath", u.name as "unitName", p.least, p.share,
  p.convened_at as "convenedAt", p.closed_at as "closedAt"`)

/** The panel of this id if it exists for whoever asks. Refuses not-found. */
export const getPanelFor = async (db: Db, panelId: string): Promise<Panel> => {
  const found = await db.first<Panel>(
    sql`select ${columns} from flow_panels p join units u on u.id = p.unit_id where p.id = ${panelId}`,
  )
  if (!found) throw notFound()
  return found
}

/** The same, held to this transaction: ballots, presence and closing come one after another. */
export const holdPanel = async (db: Db, panelId: string): Promise<Panel> => {
  await db.rows(sql`select 1 from flow_panels where id = ${panelId} for update`)
  return getPanelFor(db, panelId)
}

/** The seats in the order they were named. As the importer. */
export const readSeats = (db: Db, panelId: string): Promise<Seat[]> =>
  db.rows<Seat>(sql`select seat, person_id as "personId", name, side, chair, person_id is not null as account, present
    from flow_panel_members where panel_id = ${panelId} order by place`)

/** The cases in order. As the importer. */
export const readJudged = (db: Db, panelId: string): Promise<Judged[]> =>
  db.rows<Judged>(sql`select j.school_id as "schoolId", j.case_id as "caseId", j.number, c.student_id as "studentId", c.state,
      j.tied_choice as "tiedChoice", j.tied_reason_cipher as "tiedReason", j.result
    from flow_panel_cases j join flow_cases c on c.school_id = j.school_id and c.id = j.case_id
    where j.panel_id = ${panelId} order by j.number`)

const grouped = <Row extends { caseId: string }>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> =>
  Map.groupBy(rows, ({ caseId }) => caseId)

export interface Aside {
  readonly caseId: string
  readonly seat: string
  readonly why: string
}

/** Who stands aside in which case. As the importer. */
export const readAsides = async (db: Db, panelId: string): Promise<ReadonlyMap<string, readonly Aside[]>> =>
  grouped(
    await db.rows<Aside>(sql`select case_id as "caseId", seat, why from flow_panel_asides where panel_id = ${panelId}`),
  )

/** Ballots by case. As the importer. */
export const readBallots = async (
  db: Db,
  panelId: string,
): Promise<ReadonlyMap<string, readonly (Ballot & { readonly caseId: string })[]>> =>
  grouped(
    await db.rows<Ballot & { caseId: string }>(
      sql`select case_id as "caseId", seat, choice from flow_votes where panel_id = ${panelId} order by at, seat`,
    ),
  )

/** Seats that stand aside in a case. */
export const asideOf = (asides: ReadonlyMap<string, readonly Aside[]>, caseId: string): ReadonlySet<string> =>
  new Set((asides.get(caseId) ?? []).map(({ seat }) => seat))

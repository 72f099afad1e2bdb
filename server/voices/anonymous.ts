import { randomInt } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { stateOf } from '#contract/flows'
import { type AnswerOf, type BodyOf, notFound, type QueryOf, Refusal } from '#contract/platform'
import {
  type findSchools as finding,
  type judgeAnonymously as judging,
  type lookAnonymously as looking,
  mostPerDay,
  mostPerHour,
  type sendAnonymously as sending,
  tooMany,
} from '#contract/voices'
import { type Doer, type Engine, findCases, moveCaseFor, openCaseFor } from '#server/flows'
import { type Db, sql } from '#server/platform'
import { countUse } from './keep-bounds.ts'

/** Who writes without a name: nobody's id, and the same for all. */
const nobody: Doer = { personId: '00000000-0000-0000-0000-0000000000a0', name: '匿名', posts: [], settings: {} }

// Without letters and figures that are mistaken for each other; 20 of 30 signs are 98 bits.
const signs = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLength = 20

const newCode = (): string =>
  Array.from({ length: codeLength }, () => signs[randomInt(signs.length)])
    .join('')
    .replace(/(.{5})(?=.)/g, '$1-')

const folded = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')

const digestOf = ({ services: { secrets } }: Engine, code: string): Buffer => secrets.digest('voice-code', folded(code))

/** Schools and counties by the beginning of the name, at most twenty: names of offices are public. */
export const findSchools = (engine: Engine, { name }: QueryOf<typeof finding>): Promise<AnswerOf<typeof finding>> =>
  engine.services.door.asJob('importer', async (db) => ({
    units: await db.rows<
      AnswerOf<typeof finding>['units'][number]
    >(sql`select u.id, u.name, coalesce(a.name, '') as within
      from units u left join units a on a.id = u.parent_id
      where u.closed_on is null and (u.school_id = u.id or u.kind = 'county') and position(${name} in u.name) > 0
      order by u.name_order, u.id limit 20`),
  }))

const insistOnRoom = async (db: Db, unitId: string, today: string, now: Date): Promise<void> => {
  const unit = await db.first(sql`select 1 as known from units where id = ${unitId} and closed_on is null
    and (school_id = id or kind = 'county')`)
  if (!unit) throw notFound()
  await countUse(db, unitId, 'send', mostPerHour, now)
  const { count } = (await db.first<{ count: number }>(
    sql`select count(*)::int as count from voice_codes where unit_id = ${unitId} and sent_on = ${today}`,
  )) ?? { count: 0 }
  if (count >= mostPerDay) throw tooMany()
}

/**
 * Takes a letter without a name. Nothing of the sender is kept; the code is told once. Refuses not-found,
 * `voices.too-many`, `flows.content`.
 */
export const sendAnonymously = async (
  engine: Engine,
  { unitId, flow, content }: BodyOf<typeof sending>,
): Promise<AnswerOf<typeof sending>> => {
  const { door, today } = engine.services
  await door.asJob('importer', (db) => insistOnRoom(db, unitId, today(), engine.now()))
  const [id, code] = [uuidv7(), newCode()]
  const wish = { id, flow, move: 'send', stepId: uuidv7(), studentId: null, content, fields: {}, reason: null }
  await openCaseFor(engine, nobody, unitId, wish)
  await door.asJob('importer', (db) =>
    db.change(sql`insert into voice_codes (unit_id, digest, case_id, sent_on)
      values (${unitId}, ${digestOf(engine, code)}, ${id}, ${today()})`),
  )
  return { code }
}

const findByCode = async (db: Db, engine: Engine, code: string) => {
  const row = await db.first<{ unitId: string; caseId: string }>(
    sql`select unit_id as "unitId", case_id as "caseId" from voice_codes where digest = ${digestOf(engine, code)}`,
  )
  const [found] = row ? await findCases(db, row.unitId, [row.caseId]) : []
  if (!found) throw new Refusal('voices.no-such-code', '没有这个回访码,请核对后再输入。', 'not-found')
  return found
}

const answers = ['answer', 'answer-again']

/** Where a letter stands, for whoever has its code. Refuses `voices.no-such-code`. */
export const lookAnonymously = (engine: Engine, { code }: BodyOf<typeof looking>): Promise<AnswerOf<typeof looking>> =>
  engine.services.door.asJob('importer', async (db) => {
    const standing = await findByCode(db, engine, code)
    const { flow } = engine.procedureOf(standing.flow)
    const state = stateOf(flow, standing.state)
    const told = await db.first<{ sealed: Buffer | null }>(sql`select reason_cipher as sealed from flow_steps
      where school_id = ${standing.schoolId} and case_id = ${standing.id} and move = any(${answers}::text[])
      order by number desc limit 1`)
    return {
      told: state?.told ?? '',
      answer: told?.sealed ? engine.services.secrets.open(told.sealed) : null,
      dueAt: standing.dueAt?.toISOString() ?? null,
      mayJudge: standing.state === 'answered',
      final: state?.final === true,
    }
  })

/** Judges the answer to a letter, or asks the unit above to look again. Refuses `voices.no-such-code`, `flows.*`. */
export const judgeAnonymously = async (
  engine: Engine,
  { code, satisfaction, reason }: BodyOf<typeof judging>,
): Promise<AnswerOf<typeof judging>> => {
  const standing = await engine.services.door.asJob('importer', (db) => findByCode(db, engine, code))
  const isEscalated = Boolean(reason?.trim())
  const wish = {
    stepId: uuidv7(),
    move: isEscalated ? 'escalate' : 'satisfied',
    version: standing.version,
    reason,
    fields: isEscalated || satisfaction === null ? {} : { satisfaction },
  }
  const { state } = await moveCaseFor(engine, nobody, { schoolId: standing.schoolId, caseId: standing.id }, wish)
  return { told: stateOf(engine.procedureOf(standing.flow).flow, state)?.told ?? '' }
}

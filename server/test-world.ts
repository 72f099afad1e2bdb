import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import pino from 'pino'
import { uuidv7 } from 'uuidv7'
import type { AnswerOf, BodyInputOf, Endpoint, RefusalAnswer } from '#contract/platform'
import { rewriteActorSettings } from '#server/people'
import { type Actor, secretsFrom, tokenHash } from '#server/platform'
import { reclassify, seesOf } from '#server/policies'
import { compose, type Ground, type Program } from './compose.ts'
import { freshDatabase } from './platform/database/test-database.ts'
import { addChild, buildUnits, type Child, type Lay, type TestUnits, type Unit } from './test-world-units.ts'

export type { Child, Unit } from './test-world-units.ts'

/** The day tests happen on unless they say otherwise. */
export const testDay = '2025-11-20'

/** Someone signed in: an actor for operations, a cookie for requests. */
export interface Someone {
  readonly personId: string
  readonly name: string
  readonly cookie: string
  readonly sessionHash: string
  /** The actor as the program reads it now. */
  readonly actor: () => Promise<Actor>
}

export interface Answered<E> {
  readonly status: number
  readonly body: AnswerOf<E> & Partial<RefusalAnswer>
  readonly bytes: Buffer
}

export interface Asked {
  readonly params?: Record<string, string | number>
  readonly query?: Record<string, string | number>
  readonly body?: unknown
}

/** A small county over a real database: two schools, three classes, staff of every post, five children a class. */
export interface World {
  readonly program: Program
  /** Owns the tables: sees every row, for arranging and for controls. */
  readonly owner: pg.Client
  readonly day: string
  readonly units: TestUnits
  readonly someone: (post: string, unit: Unit, name?: string) => Promise<Someone>
  readonly child: (classUnit: Unit, name: string, facts?: Record<string, Record<string, unknown>>) => Promise<Child>
  readonly children: Record<'a1' | 'a2' | 'b1', readonly Child[]>
  /** Judges classes of a school again, as an import would. */
  readonly classify: (...schools: readonly Unit[]) => Promise<void>
  /** Calls an endpoint over HTTP as someone (or nobody). */
  readonly call: <E extends Endpoint>(
    who: Someone | null,
    endpoint: E,
    asked?: Asked & { body?: BodyInputOf<E> | Buffer },
  ) => Promise<Answered<E>>
  readonly close: () => Promise<void>
}

const addSomeone = async (
  owner: pg.Client,
  program: Program,
  day: string,
  post: string,
  unit: Unit,
  name: string,
): Promise<Someone> => {
  const personId = uuidv7()
  await owner.query(
    'insert into people (id, home_unit_id, scope, name, name_key, initials) values ($1, $2, $3, $4, $4, $5)',
    [personId, unit.id, unit.path, name, 'x'],
  )
  await owner.query(
    'insert into appointments (id, person_id, unit_id, scope, post, from_date) values ($1, $2, $3, $4, $5, $6)',
    [uuidv7(), personId, unit.id, unit.path, post, '2023-09-01'],
  )
  await program.services.door.asJob('importer', (db) =>
    rewriteActorSettings(
      db,
      [personId],
      seesOf(program.registry, () => day),
      day,
    ),
  )
  const token = randomBytes(32).toString('base64url')
  const sessionHash = tokenHash(token)
  await owner.query(
    `insert into sessions (token_hash, person_id, expires_at) values (decode($1, 'hex'), $2, now() + interval '1 day')`,
    [sessionHash, personId],
  )
  return { personId, name, cookie: `tongxing_session=${token}`, sessionHash, actor: () => program.recall(sessionHash) }
}

const callOf =
  (program: Program): World['call'] =>
  async (who, endpoint, asked = {}) => {
    const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) =>
      encodeURIComponent(String(asked.params?.[name] ?? '')),
    )
    const query = new URLSearchParams(Object.entries(asked.query ?? {}).map(([name, value]) => [name, String(value)]))
    const isBytes = Buffer.isBuffer(asked.body)
    const response = await program.app.inject({
      method: endpoint.method,
      url: `${path}${query.size > 0 ? `?${query}` : ''}`,
      headers: {
        'x-tongxing': '1',
        ...(who ? { cookie: who.cookie } : {}),
        ...(isBytes
          ? { 'content-type': 'application/octet-stream' }
          : asked.body === undefined
            ? {}
            : { 'content-type': 'application/json' }),
      },
      ...(asked.body === undefined ? {} : { payload: isBytes ? (asked.body as Buffer) : JSON.stringify(asked.body) }),
    })
    const isJson = String(response.headers['content-type'] ?? '').includes('json')
    return { status: response.statusCode, body: isJson ? response.json() : {}, bytes: response.rawPayload } as never
  }

export interface Wishes extends Pick<Ground, 'procedures' | 'now'>, Partial<Pick<Ground, 'log'>> {
  /** Other packs than those of 泰州市, another kind of first school. */
  readonly lay?: Lay
  /** Background work runs as in a started program. */
  readonly jobs?: true
}

/** Opens a world; `close` it in `afterAll`. */
export const openWorld = async (day = testDay, { jobs, lay, ...wishes }: Wishes = {}): Promise<World> => {
  const database = await freshDatabase()
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  const units = await buildUnits(owner, lay)
  const filesFolder = await mkdtemp(join(tmpdir(), 'tongxing-files-'))
  const program = await compose({
    appUrl: database.appUrl,
    workerUrl: database.workerUrl,
    ...(jobs ? { jobsUrl: database.ownerUrl } : {}),
    secrets: secretsFrom(Buffer.alloc(32, 7), Buffer.alloc(32, 9)),
    filesFolder,
    log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    demo: false,
    version: 'test',
    secure: false,
    today: () => day,
    now: () => new Date(`${day}T10:00:00+08:00`),
    ...wishes,
    connections: 8,
  })
  const child: World['child'] = (classUnit, name, facts = {}) => addChild(owner, units, classUnit, name, facts)
  const classOf = async (unit: Unit, names: string): Promise<Child[]> => {
    const made: Child[] = []
    for (const name of names.split(' ')) made.push(await child(unit, name))
    return made
  }
  return {
    program,
    owner,
    day,
    units,
    child,
    children: {
      a1: await classOf(units.classA1, '赵一 钱二 孙三 李四 周五'),
      a2: await classOf(units.classA2, '吴一 郑二 王三 冯四 陈五'),
      b1: await classOf(units.classB1, '褚一 卫二 蒋三 沈四 韩五'),
    },
    someone: (post, unit, name = `${post}甲`) => addSomeone(owner, program, day, post, unit, name),
    classify: (...schools) =>
      program.services.door.asJob('importer', (db) =>
        reclassify(
          db,
          { registry: program.registry, events: program.services.events },
          { schoolIds: schools.map(({ id }) => id), on: day, back: 'importer' },
        ),
      ),
    call: callOf(program),
    close: async () => {
      await program.close()
      await owner.end()
      await database.drop()
      await rm(filesFolder, { recursive: true, force: true })
    },
  }
}

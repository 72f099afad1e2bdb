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

/** The day tests happen on unless they say otherwise. */
export const testDay = '2025-11-20'

export interface Unit {
  readonly id: string
  readonly path: string
  readonly name: string
}

/** Someone signed in: an actor for operations, a cookie for requests. */
export interface Someone {
  readonly personId: string
  readonly name: string
  readonly cookie: string
  readonly sessionHash: string
  /** The actor as the program reads it now. */
  readonly actor: () => Promise<Actor>
}

export interface Child {
  readonly id: string
  readonly schoolId: string
  readonly name: string
  readonly scope: string
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
  readonly units: Record<
    'province' | 'city' | 'county' | 'schoolA' | 'schoolB' | 'classA1' | 'classA2' | 'classB1',
    Unit
  >
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

const stageOf = { schoolA: 2, schoolB: 3 } as const

const schoolOf = (units: World['units'], unit: Unit): Unit =>
  unit.path.startsWith(units.schoolB.path) ? units.schoolB : units.schoolA

const buildUnits = async (owner: pg.Client): Promise<World['units']> => {
  const units: Partial<Record<keyof World['units'], Unit>> = {}
  const add = async (
    key: keyof World['units'],
    parent: Unit | undefined,
    kind: string,
    name: string,
    short: string,
    school = false,
  ) => {
    const unit = { id: uuidv7(), path: `${parent?.path ?? ''}${short}.`, name }
    const schoolId = school ? unit.id : kind === 'class' ? parent?.id : null
    await owner.query(
      'insert into units (id, parent_id, path, kind, name, urban, stage, grade, school_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [
        unit.id,
        parent?.id ?? null,
        unit.path,
        kind,
        name,
        school ? 2 : null,
        school ? (key === 'schoolB' ? stageOf.schoolB : stageOf.schoolA) : null,
        kind === 'class' ? 3 : null,
        schoolId,
      ],
    )
    units[key] = unit
    return unit
  }
  const province = await add('province', undefined, 'province', '江苏省', 'a')
  const city = await add('city', province, 'city', '泰州市', 't')
  const county = await add('county', city, 'county', '临湖县', 'c')
  const schoolA = await add('schoolA', county, 'primary', '第一小学', 's1', true)
  const schoolB = await add('schoolB', county, 'junior', '柳堡初级中学', 's2', true)
  await add('classA1', schoolA, 'class', '2023级1班', 'k1')
  await add('classA2', schoolA, 'class', '2023级2班', 'k2')
  await add('classB1', schoolB, 'class', '2024级1班', 'k1')
  for (const [issuer, unit] of [
    ['national', province],
    ['jiangsu', province],
    ['taizhou', city],
  ] as const) {
    await owner.query(
      'insert into pack_adoptions (id, unit_id, unit_path, issuer, version, from_date) values ($1, $2, $3, $4, $5, $6)',
      [uuidv7(), unit.id, unit.path, issuer, '1.0.0', '2020-09-01'],
    )
  }
  for (const [year, term, from, to] of [
    [2024, 1, '2024-09-01', '2025-01-20'],
    [2024, 2, '2025-02-16', '2025-07-01'],
    [2025, 1, '2025-09-01', '2026-01-30'],
    [2025, 2, '2026-02-25', '2026-07-03'],
  ]) {
    await owner.query(
      'insert into school_terms (unit_id, school_year, term, starts_on, ends_on) values ($1, $2, $3, $4, $5)',
      [province.id, year, term, from, to],
    )
  }
  return units as World['units']
}

const addChild = async (
  owner: pg.Client,
  units: World['units'],
  classUnit: Unit,
  name: string,
  facts: Record<string, Record<string, unknown>>,
): Promise<Child> => {
  const school = schoolOf(units, classUnit)
  const child = { id: uuidv7(), schoolId: school.id, name, scope: classUnit.path }
  await owner.query(
    `insert into students (school_id, id, scope, class_id, stage, grade, name, name_key, initials, number, sex, birth_date, entered_on)
     values ($1, $2, $3, $4, $5, 3, $6, $6, 'xs', $7, 1, '2015-03-01', '2023-09-01')`,
    [
      school.id,
      child.id,
      classUnit.path,
      classUnit.id,
      school === units.schoolB ? 3 : 2,
      name,
      `2023${child.id.slice(-6)}`,
    ],
  )
  for (const domain of ['general', 'family', 'groups', 'health', 'psychology', 'protection', 'schooling']) {
    const given = facts[domain] ?? {}
    const columns = Object.keys(given)
    await owner.query(
      `insert into facts_${domain} (school_id, student_id, scope${columns.map((column) => `, ${column}`).join('')})
       values ($1, $2, $3${columns.map((_, index) => `, $${index + 4}`).join('')})`,
      [school.id, child.id, classUnit.path, ...Object.values(given)],
    )
  }
  return child
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

export interface Wishes extends Pick<Ground, 'procedures' | 'now'> {
  /** Background work runs as in a started program. */
  readonly jobs?: true
}

/** Opens a world; `close` it in `afterAll`. */
export const openWorld = async (day = testDay, { jobs, ...wishes }: Wishes = {}): Promise<World> => {
  const database = await freshDatabase()
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  const units = await buildUnits(owner)
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

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { uuidv7 } from 'uuidv7'
import { rewriteActorSettings, type SeesOf, type Sight, seesNothing } from '#server/people'
import {
  type Actor,
  type Db,
  openDoor,
  openEvents,
  openFileStore,
  openPool,
  rememberActors,
  type Services,
  secretsFrom,
  sql,
  tokenHash,
} from '#server/platform'
import { freshDatabase } from './platform/database/test-database.ts'

/** The day on which everything in the test town happens. */
export const testDay = '2025-10-15'

const sights: Readonly<Record<string, Sight>> = {
  'county-aid-officer': { domains: [1, 2, 3, 4, 6, 7], over: 'unit' },
  'county-leader': { domains: [1, 2], over: 'unit' },
  'county-cadre': { domains: [1], over: 'own-students' },
  'school-aid-officer': { domains: [1, 2, 3, 4, 6, 7], over: 'school' },
  principal: { domains: [1, 2, 3, 4, 6, 7], over: 'school' },
  'class-teacher': { domains: [1, 2, 7], over: 'class' },
  mentor: { domains: [1, 2, 6, 7], over: 'own-students' },
  'psychology-teacher': { domains: [1, 5], over: 'school' },
}

/** What posts see in tests: a table instead of packs. */
export const testSight: SeesOf = (post) => sights[post] ?? seesNothing

export interface TestPerson {
  readonly id: string
  readonly name: string
}

export interface TestUnit {
  readonly id: string
  readonly path: string
  readonly schoolId: string | null
}

export interface TestStudent {
  readonly id: string
  readonly schoolId: string
  readonly scope: string
}

/** A small county on a fresh database: two schools with classes; people and students are added as a test needs them. */
export const openTestTown = async () => {
  const database = await freshDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'tongxing-town-'))
  const failed = (error: Error) => {
    if (!/terminat/.test(error.message)) throw error
  }
  const people = openPool(database.appUrl, 4, failed)
  const jobs = openPool(database.workerUrl, 3, failed)
  const memory = rememberActors(openDoor(people, jobs, async (actor) => actor).asGate)
  const door = openDoor(people, jobs, memory.reload)
  const secrets = secretsFrom(Buffer.alloc(32, 1), Buffer.alloc(32, 2))
  const services: Services = {
    door,
    secrets,
    files: openFileStore(folder, secrets),
    log: pino({ level: 'silent' }),
    events: openEvents(),
    today: () => testDay,
    enqueue: async () => {},
    demo: true,
  }
  const asImporter = <T>(work: (db: Db) => Promise<T>): Promise<T> => door.asJob('importer', (db) => work(db))
  const addUnit = (above: TestUnit | null, step: string, kind: string, name: string): Promise<TestUnit> =>
    asImporter((db) => insertUnit(db, above, step, kind, name))
  const units = await asImporter(layOut)
  return {
    /** Passes row policies: for controls and for tampering. */
    ownerUrl: database.ownerUrl,
    services,
    door,
    units,
    memory,
    asImporter,
    addUnit,
    /** Adds a member of staff. */
    addPerson: (home: TestUnit, name: string): Promise<TestPerson> =>
      asImporter(async (db) => {
        const id = uuidv7()
        await db.change(sql`insert into people (id, home_unit_id, scope, name, name_key, initials)
          values (${id}, ${home.id}, ${home.path}, ${name}, ${name}, 'x')`)
        return { id, name }
      }),
    /** Appoints somebody as of long ago and rewrites what they see. */
    appoint: (person: TestPerson, unit: TestUnit, post: string): Promise<string> =>
      asImporter(async (db) => {
        const id = uuidv7()
        await db.change(sql`insert into appointments (id, person_id, unit_id, scope, post, from_date)
          values (${id}, ${person.id}, ${unit.id}, ${unit.path}, ${post}, '2020-09-01')`)
        await rewriteActorSettings(db, [person.id], testSight, testDay)
        return id
      }),
    addStudent: (classUnit: TestUnit, name: string): Promise<TestStudent> =>
      asImporter(async (db) => {
        const student = { id: uuidv7(), schoolId: classUnit.schoolId ?? '', scope: classUnit.path }
        await db.change(sql`insert into students (school_id, id, scope, class_id, stage, grade, name, name_key, initials)
          values (${student.schoolId}, ${student.id}, ${student.scope}, ${classUnit.id}, 2, 3, ${name}, ${name}, 'x')`)
        return student
      }),
    /** Opens a session without a password. */
    actorOf: (person: TestPerson): Promise<Actor> => openSession(door, memory.recall, person),
    close: async () => {
      await Promise.all([people.end(), jobs.end()])
      await dropWhenLeft(database.drop)
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

export type TestTown = Awaited<ReturnType<typeof openTestTown>>

// A closed connection takes the server a moment to notice; until then it may not be ended by the tests' owner.
const dropWhenLeft = async (drop: () => Promise<void>): Promise<void> => {
  for (let left = 40; ; left--) {
    try {
      return await drop()
    } catch (error) {
      if ((error as { code?: string }).code !== '42501' || left === 0) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

const openSession = async (
  door: Services['door'],
  recall: (hash: string) => Promise<Actor>,
  person: TestPerson,
): Promise<Actor> => {
  const hash = tokenHash(uuidv7())
  await door.asGate((db) =>
    db.change(sql`insert into sessions (token_hash, person_id, expires_at)
      values (decode(${hash}, 'hex'), ${person.id}, now() + interval '1 hour')`),
  )
  return recall(hash)
}

const schoolKinds = ['primary', 'junior', 'teaching-point']

const insertUnit = async (
  db: Db,
  above: TestUnit | null,
  step: string,
  kind: string,
  name: string,
): Promise<TestUnit> => {
  const id = uuidv7()
  const path = `${above?.path ?? ''}${step}.`
  const schoolId = schoolKinds.includes(kind) ? id : (above?.schoolId ?? null)
  await db.change(sql`insert into units (id, parent_id, path, kind, name, school_id, opened_on)
    values (${id}, ${above?.id ?? null}, ${path}, ${kind}, ${name}, ${schoolId}, '2000-09-01')`)
  return { id, path, schoolId }
}

const layOut = async (db: Db) => {
  const city = await insertUnit(db, null, 't', 'city', '泰州市')
  const county = await insertUnit(db, city, 'l', 'county', '临湖县')
  const office = await insertUnit(db, county, 'o', 'office', '学生资助管理中心')
  const schoolA = await insertUnit(db, county, 'a', 'primary', '临湖县实验小学')
  const schoolB = await insertUnit(db, county, 'b', 'junior', '临湖县第二中学')
  return {
    city,
    county,
    office,
    schoolA,
    schoolB,
    classA1: await insertUnit(db, schoolA, '1', 'class', '三(1)班'),
    classA2: await insertUnit(db, schoolA, '2', 'class', '三(2)班'),
    classB1: await insertUnit(db, schoolB, '1', 'class', '七(1)班'),
  }
}

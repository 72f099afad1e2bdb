import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import pino from 'pino'
import { rewriteActorSettings } from '#server/people'
import { secretsFrom, tokenHash } from '#server/platform'
import { reclassify, seesOf } from '#server/policies'
import { compose } from '../../server/compose.ts'
import { type OpenGround, openGround } from '../../server/ground.ts'
import { fillProvince } from '../demo/fill-province.ts'
import { putBack } from './put-back.ts'

/** A class with its teacher signed in and some of its children. */
export interface BenchClass {
  readonly scope: string
  readonly unitId: string
  readonly schoolId: string
  readonly teacherId: string
  readonly cookie: string
  readonly studentIds: readonly string[]
}

export interface BenchGround {
  readonly ground: OpenGround
  readonly owner: pg.Client
  readonly classes: readonly BenchClass[]
  readonly county: BenchCounty
  /** The last of them: smaller than the first where a province is not laid out evenly. */
  readonly lastCounty: BenchCounty
}

/** A county with its officer signed in. */
export interface BenchCounty {
  readonly unitId: string
  readonly cookie: string
}

const silent = pino({ level: 'error' })

/** How a made-up province is laid out. */
export interface Layout {
  readonly perSchool: number
  readonly schoolsPerCounty: number
  readonly visits: number
}

const usualLayout = (students: number): Layout => ({ perSchool: 500, schoolsPerCounty: 25, visits: students * 3 })

const fillOnce = async (
  ground: OpenGround,
  owner: pg.Client,
  students: number,
  layout: Layout,
  say: (line: string) => void,
): Promise<void> => {
  const { rows } = await owner.query<{ many: number }>('select count(*)::int as many from students')
  if (rows[0]?.many === students) return
  if (rows[0]?.many !== 0) throw new Error('the benchmark folder holds other data')
  const secrets = secretsFrom(ground.folder.keys.encryptionKey, ground.folder.keys.blindIndexKey)
  const { schoolIds } = await fillProvince(owner, {
    students,
    ...layout,
    seed: 7,
    sealed: secrets.seal('家中情况正常。'),
    say,
  })
  const program = await compose({
    ...ground.urls,
    secrets,
    filesFolder: ground.filesFolder,
    log: silent,
    demo: false,
    version: 'bench',
    secure: false,
  })
  const parts = { registry: program.registry, events: program.services.events }
  for (let at = 0; at < schoolIds.length; at += 200) {
    const some = schoolIds.slice(at, at + 200)
    await program.services.door.asJob('importer', (db) =>
      reclassify(db, parts, { schoolIds: some, on: program.services.today(), back: 'importer' }),
    )
  }
  await program.close()
  await owner.query('vacuum analyze')
}

const openSession = async (owner: pg.Client, personId: string): Promise<string> => {
  const token = randomBytes(32).toString('base64url')
  await owner.query(
    `insert into sessions (token_hash, person_id, expires_at) values (decode($1, 'hex'), $2, now() + interval '2 days')`,
    [tokenHash(token), personId],
  )
  return `tongxing_session=${token}`
}

/**
 * Opens (filling it the first time) the data every figure is measured on: `students` in schools of 500, three visits
 * each, or laid out otherwise; in the given folder or one kept beside the program.
 */
export const openBenchGround = async (
  students: number,
  say: (line: string) => void,
  layout = usualLayout(students),
  folder = process.env.BENCH_DIR ?? join(import.meta.dirname, `../../.cache/bench-${students}`),
): Promise<BenchGround> => {
  const ground = await openGround({ ...process.env, DATA_DIR: folder }, silent)
  const owner = new pg.Client({ connectionString: ground.urls.ownerUrl })
  await owner.connect()
  await owner.query('set statement_timeout = 0')
  await fillOnce(ground, owner, students, layout, say)
  await putBack(owner, say)
  const secrets = secretsFrom(ground.folder.keys.encryptionKey, ground.folder.keys.blindIndexKey)
  const program = await compose({
    ...ground.urls,
    secrets,
    filesFolder: ground.filesFolder,
    log: silent,
    demo: false,
    version: 'bench',
    secure: false,
  })
  const picked = await owner.query<
    Omit<BenchClass, 'cookie'>
  >(`select u.path as scope, u.id as "unitId", u.school_id as "schoolId", a.person_id as "teacherId",
      (select array_agg(id) from students where scope = u.path) as "studentIds"
    from units u join appointments a on a.unit_id = u.id and a.post = 'class-teacher'
    where u.kind = 'class' order by md5(u.path) limit 100`)
  const county = await owner.query<{ unitId: string; personId: string }>(
    `select unit_id as "unitId", person_id as "personId" from appointments where post = 'county-aid-officer' order by unit_id`,
  )
  const [officer, last] = [county.rows[0], county.rows.at(-1)]
  if (!officer || !last) throw new Error('no county officer')
  const people = [...picked.rows.map((row) => row.teacherId), officer.personId, last.personId]
  await program.services.door.asJob('importer', (db) =>
    rewriteActorSettings(db, people, seesOf(program.registry, program.services.today), program.services.today()),
  )
  await program.close()
  const classes: BenchClass[] = []
  for (const row of picked.rows) classes.push({ ...row, cookie: await openSession(owner, row.teacherId) })
  return {
    ground,
    owner,
    classes,
    county: { unitId: officer.unitId, cookie: await openSession(owner, officer.personId) },
    lastCounty: { unitId: last.unitId, cookie: await openSession(owner, last.personId) },
  }
}

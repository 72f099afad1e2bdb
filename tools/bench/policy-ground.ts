import { join } from 'node:path'
import pg from 'pg'
import pino from 'pino'
import { uuidv7 } from 'uuidv7'
import { secretsFrom, sql } from '#server/platform'
import { readShippedPacks, reclassify } from '#server/policies'
import { compose, type Program } from '../../server/compose.ts'
import { type OpenGround, openGround } from '../../server/ground.ts'
import { fillProvince } from '../demo/fill-province.ts'
import { makePacks } from './made-packs.ts'

const silent = pino({ level: 'error' })
const above = ['national', 'jiangsu']
const madeBelow = 9

/** A made-up province under twelve packs: the two that stand above ours, and ten made ones of which a county has two. */
export interface PolicyGround {
  readonly ground: OpenGround
  readonly owner: pg.Client
  readonly program: Program
  readonly packs: number
  readonly rules: number
  readonly schools: readonly { readonly id: string; readonly path: string }[]
  readonly close: () => Promise<void>
}

const openProgram = (ground: OpenGround): Promise<Program> =>
  compose({
    ...ground.urls,
    secrets: secretsFrom(ground.folder.keys.encryptionKey, ground.folder.keys.blindIndexKey),
    filesFolder: ground.filesFolder,
    log: silent,
    demo: false,
    version: 'bench',
    secure: false,
  })

// Packs are put on file as if offices had handed them in; each county adopts the one of its city and one of its own.
const adoptMade = async (owner: pg.Client, made: ReturnType<typeof makePacks>): Promise<void> => {
  for (const pack of made)
    await owner.query(
      `insert into policy_packs (issuer, version, name, content, digest)
        values ($1, $2, $3, $4::text::jsonb, sha256(convert_to($4::text, 'UTF8'))) on conflict do nothing`,
      [pack.issuer, pack.version, pack.name, JSON.stringify(pack)],
    )
  const units = await owner.query<{ id: string; path: string; kind: string }>(
    `select id, path, kind from units where kind in ('province', 'county') order by path`,
  )
  for (const [index, { id, path, kind }] of units.rows.entries())
    await owner.query(
      'insert into pack_adoptions (id, unit_id, unit_path, issuer, version, from_date) values ($1, $2, $3, $4, $5, $6)',
      [uuidv7(), id, path, kind === 'province' ? 'made-0' : `made-${(index % madeBelow) + 1}`, '1.0.0', '2020-09-01'],
    )
}

const fill = async (
  ground: OpenGround,
  owner: pg.Client,
  students: number,
  made: ReturnType<typeof makePacks>,
  say: (line: string) => void,
): Promise<void> => {
  const { rows } = await owner.query<{ many: number; judged: number }>(
    'select (select count(*) from students)::int as many, (select count(*) from classified)::int as judged',
  )
  const secrets = secretsFrom(ground.folder.keys.encryptionKey, ground.folder.keys.blindIndexKey)
  if (rows[0]?.judged === students) return
  if (rows[0]?.many !== students)
    await fillProvince(owner, {
      students,
      visits: students,
      perSchool: 500,
      seed: 7,
      sealed: secrets.seal('正常。'),
      say,
    })
  const adopted = await owner.query(`select 1 from pack_adoptions where issuer = 'made-0'`)
  if (adopted.rowCount === 0) await adoptMade(owner, made)
  await owner.query('vacuum analyze')
  const program = await openProgram(ground)
  const schools = await owner.query<{ id: string }>('select id from units where school_id = id order by path')
  const parts = { registry: program.registry, events: program.services.events }
  const ids = schools.rows.map(({ id }) => id)
  for (let at = 0; at < ids.length; at += 40)
    await program.services.door.asJob('importer', async (db) => {
      await db.change(sql`select set_config('statement_timeout', '0', true)`)
      await reclassify(db, parts, { schoolIds: ids.slice(at, at + 40), on: program.services.today(), back: 'importer' })
    })
  await program.close()
  await owner.query('vacuum analyze')
}

/** Opens the province of so many students, in a folder kept beside the program; fills it the first time. */
export const openPolicyGround = async (students: number, say: (line: string) => void): Promise<PolicyGround> => {
  const folder = process.env.BENCH_POLICY_DIR ?? join(import.meta.dirname, '../../.cache')
  const ground = await openGround({ ...process.env, DATA_DIR: join(folder, `bench-policy-${students}`) }, silent)
  const owner = new pg.Client({ connectionString: ground.urls.ownerUrl })
  await owner.connect()
  await owner.query('set statement_timeout = 0')
  const made = makePacks(madeBelow + 1, 25, 21, 'jiangsu')
  await fill(ground, owner, students, made, say)
  const program = await openProgram(ground)
  const shipped = readShippedPacks().filter(({ issuer }) => above.includes(issuer))
  const packs = [...shipped, ...made]
  const schools = await owner.query<{ id: string; path: string }>(
    'select id, path from units where school_id = id order by path',
  )
  return {
    ground,
    owner,
    program,
    packs: packs.length,
    rules: packs.flatMap(({ rules }) => rules).length,
    schools: schools.rows,
    close: async () => {
      await program.close()
      await owner.end()
      await ground.stop()
    },
  }
}

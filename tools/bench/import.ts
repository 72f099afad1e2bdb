import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { createCounty, openUsualTerms } from '#server/imports'
import { type Db, openDoor, openPool } from '#server/platform'
import { readShippedPacks } from '#server/policies'
import { type OpenGround, openGround } from '../../server/ground.ts'
import { makeRoster } from './made-roster.ts'
import { flagsOfStart } from './measure.ts'
import { databaseSeconds, mebibytes } from './processor.ts'

interface Side {
  readonly rows: number
  readonly clock: number
  readonly processor: number
  readonly peak: number
  /** Processor seconds of the database meanwhile. */
  readonly database: number
}

const mostTimes = 3
const mostMemory = 400 * 2 ** 20

type SideName = 'library' | 'own-reader' | 'ours'

const run = (ground: OpenGround, side: SideName, workbook: string, unitId: string): Promise<Side> => {
  const { keys } = ground.folder
  const before = databaseSeconds(ground.folder.path)
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'import-child.ts'), {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        // as the program starts
        NODE_COMPILE_CACHE: join(import.meta.dirname, '../../.cache/compiled'),
        SIDE: side,
        WORKBOOK: workbook,
        UNIT_ID: unitId,
        OWNER_URL: ground.urls.ownerUrl,
        APP_URL: ground.urls.appUrl,
        WORKER_URL: ground.urls.workerUrl,
        ENCRYPTION_KEY: keys.encryptionKey.toString('hex'),
        INDEX_KEY: keys.blindIndexKey.toString('hex'),
        FILES_FOLDER: ground.filesFolder,
      },
      execArgv: side === 'ours' ? flagsOfStart : [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    child.once('message', (message) =>
      resolve({ ...(message as Omit<Side, 'database'>), database: databaseSeconds(ground.folder.path) - before }),
    )
    child.once('exit', (code) => reject(new Error(`the ${side} side ended with ${code}`)))
  })
}

const openCounty = async (ground: OpenGround): Promise<string> => {
  const pool = openPool(ground.urls.workerUrl, 1, () => {})
  const packs = readShippedPacks()
  const adopted = (...issuers: string[]) =>
    issuers.flatMap((issuer) =>
      packs.filter((one) => one.issuer === issuer).map(({ version }) => ({ issuer, version })),
    )
  const open = async (db: Db) => {
    const county = await createCounty(
      db,
      [
        { kind: 'province', name: '江苏省', regionCode: '320000', packs: adopted('national', 'jiangsu') },
        { kind: 'city', name: '泰州市', regionCode: '321200', packs: adopted('taizhou') },
        { kind: 'county', name: '临湖县', regionCode: '329901', packs: [] },
      ],
      '2023-09-01',
    )
    await openUsualTerms(db, county.id, 2023, 2027)
    return county.id
  }
  try {
    return await openDoor(pool, pool, async (actor) => actor).asJob('importer', open)
  } finally {
    await pool.end()
  }
}

const seconds = (side: Side): string =>
  `${side.clock.toFixed(1)} s (processor: program ${side.processor.toFixed(1)}, database ${side.database.toFixed(1)})`

const work = (side: Side): number => side.processor + side.database
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** How many times a floor ours took, by the clock and by processor. */
const times = (ours: Side, floors: readonly Side[]): string =>
  `${(ours.clock / mean(floors.map(({ clock }) => clock))).toFixed(2)} × by the clock, ` +
  `${(work(ours) / mean(floors.map(work))).toFixed(2)} × by processor`

/**
 * Imports a county's roster of twenty columns into an empty county with three packs in force, beside two floors: the same
 * workbook read by the library a bare program would take, and by our own scanner, each copied into a plain table. The
 * floors run before and after ours.
 */
export const benchImport = async (students: number, say: (line: string) => void): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'tongxing-bench-import-'))
  const workbook = await makeRoster(join(import.meta.dirname, `../../.cache/roster-${students}.xlsx`), students)
  const ground = await openGround({ ...process.env, DATA_DIR: folder }, pino({ level: 'error' }))
  try {
    const unitId = await openCounty(ground)
    const take = (side: SideName) => run(ground, side, workbook, unitId)
    const before = { library: await take('library'), ownReader: await take('own-reader') }
    const ours = await take('ours')
    const after = { library: await take('library'), ownReader: await take('own-reader') }
    const library = [before.library, after.library]
    const ownReader = [before.ownReader, after.ownReader]
    say(
      `import   ours ${seconds(ours)}, ${ours.rows} students new; peak ${mebibytes(ours.peak)} (at most ${mebibytes(mostMemory)})`,
    )
    say(
      `         ${times(ours, library)} (at most ${mostTimes})  floor: hucre + COPY, ${library.map(seconds).join(' and ')}`,
    )
    say(`         ${times(ours, ownReader)}  floor: our own scanner + COPY, ${ownReader.map(seconds).join(' and ')}`)
  } finally {
    await ground.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) await benchImport(Number(process.env.BENCH_STUDENTS ?? 100_000), console.log)

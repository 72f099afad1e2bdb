import pg from 'pg'
import pino from 'pino'
import { secretsFrom } from '#server/platform'
import { reclassify } from '#server/policies'
import { compose } from '../server/compose.ts'
import { openGround } from '../server/ground.ts'
import { fillProvince } from './demo/fill-province.ts'
import { readOptions } from './shell/read-options.ts'

const usage = `用法:npm run demo -- --students 人数 [选项]
  --students             学生人数,默认 2000
  --visits               家访条数,默认每名学生 3 条
  --students-per-school  每所学校的人数,默认 500
  --schools-per-county   每个县的学校数,默认 25
  --seed                 种子,同一种子做出同样的省,默认 1
写入 DATA_DIR(默认 .data)指定的空数据文件夹;人物均为虚构。`

const options = {
  students: { type: 'string', default: '2000' },
  visits: { type: 'string' },
  seed: { type: 'string', default: '1' },
  'students-per-school': { type: 'string', default: '500' },
  'schools-per-county': { type: 'string', default: '25' },
  help: { type: 'boolean' },
} as const

const wholeNumber = (name: string, text: string, most: number): number => {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= most) return value
  throw new Error(`--${name} 应为 1 到 ${most} 之间的整数,收到“${text}”。`)
}

const run = async (): Promise<void> => {
  const { values } = readOptions({ options })
  if (values.help) {
    process.stdout.write(`${usage}\n`)
    return
  }
  const students = wholeNumber('students', values.students, 5_000_000)
  const perSchool = wholeNumber('students-per-school', values['students-per-school'], 5_000)
  const schoolsPerCounty = wholeNumber('schools-per-county', values['schools-per-county'], 5_000)
  const visits = values.visits === undefined ? students * 3 : wholeNumber('visits', values.visits, 20_000_000)
  const seed = wholeNumber('seed', values.seed, 1_000_000_000)
  const say = (line: string): void => void process.stdout.write(`${line}\n`)
  const log = pino({ level: 'warn' })
  const ground = await openGround(process.env, log)
  const owner = new pg.Client({ connectionString: ground.urls.ownerUrl })
  await owner.connect()
  try {
    const already = await owner.query<{ many: string }>('select count(*) as many from units')
    if (Number(already.rows[0]?.many) > 0) throw new Error('数据库里已有单位,请用空的数据文件夹(DATA_DIR)。')
    const secrets = secretsFrom(ground.folder.keys.encryptionKey, ground.folder.keys.blindIndexKey)
    const made = await fillProvince(owner, {
      students,
      visits,
      perSchool,
      schoolsPerCounty,
      seed,
      sealed: secrets.seal('家中情况正常。'),
      say,
    })
    const program = await compose({
      ...ground.urls,
      secrets,
      filesFolder: ground.filesFolder,
      log,
      demo: false,
      version: 'demo',
      secure: false,
    })
    say(`归类 ${made.schoolIds.length} 所学校……`)
    const parts = { registry: program.registry, events: program.services.events }
    for (let at = 0; at < made.schoolIds.length; at += 200) {
      const schoolIds = made.schoolIds.slice(at, at + 200)
      await program.services.door.asJob('importer', (db) =>
        reclassify(db, parts, { schoolIds, on: program.services.today(), back: 'importer' }),
      )
    }
    await program.close()
    await owner.query('analyze')
    say(`完成:学生 ${students},学校 ${made.schoolIds.length},家访 ${visits}。`)
  } finally {
    await owner.end()
    await ground.stop()
  }
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})

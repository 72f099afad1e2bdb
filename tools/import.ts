import { statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { isListKindId } from '#contract/imports'
import { isPlainDate, Refusal } from '#contract/platform'
import { runImport } from '#server/imports'
import { isStartFault } from '../server/platform/data-folder/index.ts'
import { readColumnWishes } from './shell/column-wishes.ts'
import { findUnit, makeCounty } from './shell/find-unit.ts'
import { openProgram } from './shell/open-program.ts'
import { readOptions } from './shell/read-options.ts'
import { columnLines, reportJson, reportText, sheetLines } from './shell/say-import.ts'

const usage = `用法:npm run import -- --unit <标识码或名称> [选项] 文件…
  --unit            交表的单位:标识码、行政区划代码或名称
  --dry-run         只核对,不写入
  --json            每个文件打印一行 JSON
  --kind            名单种类(认不准时指明),如 roster、dibao
  --as-of           名单日期,如 2025-08-31
  --column          指明一列的含义,写成 "列名=含义",可写多次;含义照网页“确认列”里的说法,不要的列写“不导入”。
                    列名重复时用列号,如 "C列=姓名"。写入后记住,下次同一单位的同样的表自动沿用
  --create-county   数据库里还没有这个县时,先建立:--create-county 名称 --region-code 六位代码 [--packs national,jiangsu]`

const options = {
  unit: { type: 'string' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
  kind: { type: 'string' },
  'as-of': { type: 'string' },
  column: { type: 'string', multiple: true },
  'create-county': { type: 'string' },
  'region-code': { type: 'string' },
  packs: { type: 'string' },
  help: { type: 'boolean' },
} as const

const operator = { id: '00000000-0000-7000-8000-000000000001', name: '命令行' }
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const warn = (line: string): void => void process.stderr.write(`${line}\n`)
const bad = (sentence: string) => new Refusal('imports.bad-arguments', sentence, 'invalid')

const sentenceOf = (error: unknown): string => {
  if (error instanceof Refusal) return [error.sentence, ...error.fields.map(({ reason }) => `${reason}。`)].join('')
  if (isStartFault(error)) return error.sentence
  return `没有成功:${error instanceof Error ? error.message : '原因不明'}。什么都没有写入。`
}

const run = async (): Promise<number> => {
  const { values, positionals } = readOptions({ options, allowPositionals: true })
  if (values.help || positionals.length === 0 || !values.unit) {
    say(usage)
    return values.help ? 0 : 2
  }
  const { kind, json } = values
  const dry = values['dry-run'] ?? false
  if (kind !== undefined && !isListKindId(kind)) throw bad(`没有“${kind}”这种名单。`)
  const asOf = values['as-of']
  if (asOf !== undefined && !isPlainDate(asOf)) throw bad(`--as-of 应为存在的日子,如 2025-08-31,收到“${asOf}”。`)
  const columns = readColumnWishes(values.column ?? [], kind)
  const files = positionals.map((file) => resolve(process.env.INIT_CWD ?? '.', file))
  const missing = files.find((file) => statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
  if (missing) throw bad(`没有这个文件:${missing}`)
  const { program, close } = await openProgram()
  let failed = 0
  try {
    if (values['create-county'])
      await makeCounty(program, values['create-county'], values['region-code'] ?? '', values.packs ?? 'national')
    const today = program.services.today()
    if (asOf !== undefined && asOf > today) throw bad(`--as-of 不能晚于今天(${today}),收到“${asOf}”。`)
    const unit = await findUnit(program, values.unit)
    for (const path of files) {
      try {
        const report = await runImport(program, {
          unitId: unit.id,
          path,
          by: operator,
          sender: { posts: null },
          dry,
          columns,
          onColumns: (found) => columnLines(basename(path), found).forEach(warn),
          ...(kind ? { kind } : {}),
          ...(asOf ? { asOf } : {}),
        })
        say(json ? reportJson(report) : reportText(report, dry))
        sheetLines(report).forEach(warn)
      } catch (error) {
        failed++
        const sentence = sentenceOf(error)
        say(json ? JSON.stringify({ file: path, error: sentence }) : `${path}:${sentence}`)
      }
    }
  } finally {
    await close()
  }
  return failed > 0 ? 1 : 0
}

run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${sentenceOf(error)}\n`)
    process.exit(1)
  },
)

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type ImportReport, isListKindId } from '#contract/imports'
import { Refusal } from '#contract/platform'
import { runImport } from '#server/imports'
import { isStartFault } from '../server/platform/data-folder/index.ts'
import { findUnit, makeCounty } from './shell/find-unit.ts'
import { openProgram } from './shell/open-program.ts'
import { readOptions } from './shell/read-options.ts'

const usage = `用法:npm run import -- --unit <标识码或名称> [选项] 文件…
  --unit            交表的单位:标识码、行政区划代码或名称
  --dry-run         只核对,不写入
  --json            每个文件打印一行 JSON
  --kind            名单种类(认不准时指明),如 roster、dibao
  --as-of           名单日期,如 2025-08-31
  --create-county   数据库里还没有这个县时,先建立:--create-county 名称 --region-code 六位代码 [--packs national,jiangsu]`

const options = {
  unit: { type: 'string' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
  kind: { type: 'string' },
  'as-of': { type: 'string' },
  'create-county': { type: 'string' },
  'region-code': { type: 'string' },
  packs: { type: 'string' },
  help: { type: 'boolean' },
} as const

const operator = { id: '00000000-0000-7000-8000-000000000001', name: '命令行' }
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const bad = (sentence: string) => new Refusal('imports.bad-arguments', sentence, 'invalid')

const asText = ({ file, kind, refused, passedSheets = [], ...counts }: ImportReport, dry: boolean): string => {
  const { rows, new: fresh, changed, unchanged, matched, doubtful, unmatched } = counts
  const lines = [
    `${file}(${kind})${dry ? ' 只核对' : ''}:共 ${rows} 行,新增 ${fresh},变更 ${changed},不变 ${unchanged},匹配 ${matched},存疑 ${doubtful},未匹配 ${unmatched},问题 ${refused.length} 处`,
    ...passedSheets.map((sheet) => `  工作表“${sheet}”的列与名单不同,没有读入`),
    ...refused.map(
      ({ row, column, value, reason }) => `  第 ${row} 行 ${column}${value ? `“${value}”` : ''}:${reason}`,
    ),
  ]
  return lines.join('\n')
}

const asJson = ({ file, kind, refused, passedSheets, ...counts }: ImportReport): string => {
  const { rows, new: fresh, changed, unchanged, matched, doubtful, unmatched } = counts
  const faults = refused.map(({ row, column, value, reason }) => ({ row, column, value, reason }))
  return JSON.stringify({
    file,
    kind,
    rows,
    new: fresh,
    changed,
    unchanged,
    refused: faults,
    matched,
    doubtful,
    unmatched,
    ...(passedSheets ? { passedSheets } : {}),
  })
}

const sentenceOf = (error: unknown): string => {
  if (error instanceof Refusal) return error.sentence
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
  const files = positionals.map((file) => resolve(process.env.INIT_CWD ?? '.', file))
  const missing = files.find((file) => !existsSync(file))
  if (missing) throw bad(`没有这个文件:${missing}`)
  const { program, close } = await openProgram()
  let failed = 0
  try {
    if (values['create-county'])
      await makeCounty(program, values['create-county'], values['region-code'] ?? '', values.packs ?? 'national')
    const unit = await findUnit(program, values.unit)
    for (const path of files) {
      try {
        const asOf = values['as-of']
        const report = await runImport(program, {
          unitId: unit.id,
          path,
          by: operator,
          sender: { posts: null },
          dry,
          ...(kind ? { kind } : {}),
          ...(asOf ? { asOf } : {}),
        })
        say(json ? asJson(report) : asText(report, dry))
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

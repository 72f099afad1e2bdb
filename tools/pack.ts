import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import {
  chainOf,
  failingExamples,
  loadPacks,
  mutationsOf,
  type Pack,
  packJsonSchema,
  sayRule,
} from '#contract/policies'
import { type PackFiles, recordVersions, wrongVersions } from './packs/recorded-versions.ts'

const usage = `用法:
  npm run pack -- check [文件夹]            检查全部政策包:写法、名称、密级、例子,以及例子够不够用
  npm run pack -- explain 政策包 [规则]     用中文说出一个政策包(连同上级)的规则
  npm run pack -- preview 政策包@版本 --unit 单位的标识码或全名 [--from 2026-01-01]
                                            采用之前试算:谁会进入、离开、变得情况不明(只有数字,什么都不写入)
  npm run pack -- record [文件夹]           登记新版本:登记过的版本,内容不能再改
  npm run pack -- schema                    输出各文件的 JSON Schema,供编辑器使用`

const shipped = join(import.meta.dirname, '../policies')

function readFolders(folder: string): PackFiles {
  const issuers = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory())
  const filesOf = (issuer: string) =>
    readdirSync(join(folder, issuer))
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => ({ name, text: readFileSync(join(folder, issuer, name), 'utf8') }))
  return new Map(issuers.map((issuer) => [issuer, filesOf(issuer)]))
}

/** Loads the packs of a folder or says what is wrong with them. */
function load(folder: string, files = readFolders(folder)): readonly Pack[] | undefined {
  const loaded = loadPacks(files)
  if ('packs' in loaded) return loaded.packs
  for (const { file, line, rule, sentence } of loaded.problems)
    console.error(`${file}:${line}${rule ? ` 规则 ${rule}` : ''} ${sentence}`)
  console.error(`\n共 ${loaded.problems.length} 处问题`)
  return undefined
}

function check(folder: string): number {
  const files = readFolders(folder)
  const packs = load(folder, files)
  if (!packs) return 1
  const moved = wrongVersions(folder, packs, files)
  for (const sentence of moved) console.error(sentence)
  const weak = packs.flatMap((pack) =>
    pack.rules.flatMap((rule) =>
      mutationsOf(rule)
        .filter((mutation) => failingExamples(mutation.rule, chainOf(packs, pack.issuer)).length === 0)
        .map(({ what }) => `${pack.issuer} 第 ${rule.line} 行 ${rule.id}:例子看不出“${what}”这样的改动`),
    ),
  )
  for (const sentence of weak) console.error(sentence)
  const rules = packs.reduce((sum, pack) => sum + pack.rules.length, 0)
  console.log(`${packs.length} 个政策包,${rules} 条规则,${weak.length} 处例子不足`)
  return weak.length + moved.length > 0 ? 1 : 0
}

/** Puts the versions of a folder on its list. */
function record(folder: string): number {
  const files = readFolders(folder)
  const packs = load(folder, files)
  if (!packs) return 1
  const added = recordVersions(folder, packs, files)
  console.log(added.length > 0 ? `已登记:${added.join('、')}` : '没有新的版本要登记')
  return 0
}

function explain(issuer: string, wanted: string | undefined): number {
  const packs = load(shipped)
  if (!packs) return 1
  const chain = chainOf(packs, issuer)
  const rules = chain
    .flatMap((pack) => pack.rules)
    .filter((rule) => !wanted || rule.id === wanted || rule.ref === wanted)
  if (rules.length === 0) {
    console.error(`没有找到政策包“${issuer}”${wanted ? `里的规则“${wanted}”` : ''}`)
    return 1
  }
  const all = chain.flatMap((pack) => pack.rules)
  const names = {
    who: all.filter((rule) => rule.kind === 'who'),
    duties: all.filter((rule) => rule.kind === 'duty'),
    records: all.filter((rule) => rule.kind === 'record'),
  }
  for (const rule of rules) {
    console.log(`${rule.label}(${rule.ref}${rule.replaces ? `,${rule.issuer} 替换` : ''})`)
    console.log(`  ${sayRule(rule, names)}`)
    for (const cite of rule.cite) console.log(`  依据:${cite.document} ${cite.at} [${cite.requirement.join(' ')}]`)
  }
  return 0
}

/** What adopting a version would bring, from the data folder of this machine; nothing is written but a migration. */
async function preview(wanted: string, unit: string, from: string | undefined): Promise<number> {
  // Checking and explaining need no database; only this opens one.
  const [{ openProgram }, { previewFromShell }, { isPlainDate, Refusal }, { isStartFault }] = await Promise.all([
    import('./shell/open-program.ts'),
    import('#server/policies'),
    import('#contract/platform'),
    import('../server/platform/data-folder/index.ts'),
  ])
  let opened: Awaited<ReturnType<typeof openProgram>> | undefined
  try {
    opened = await openProgram()
    const { program } = opened
    const [issuer = '', version = ''] = wanted.split('@')
    const wish = { issuer, version, from: from ?? program.services.today() }
    if (!isPlainDate(wish.from))
      throw new Refusal('policies.bad-day', '--from 要写成 2026-01-01 这样的日期。', 'invalid')
    const found = await previewFromShell(program.services, program.registry, unit, wish)
    console.log(`${found.unit},${found.schools} 所学校,从 ${wish.from} 起采用 ${wanted}:`)
    for (const { label, figures } of found.lines) console.log(`  ${label}:${figures}`)
    if (found.lines.length === 0) console.log('  没有人的类别和任务会变')
    return 0
  } catch (error) {
    if (!(error instanceof Refusal || isStartFault(error))) throw error
    console.error(error.sentence)
    return 1
  } finally {
    await opened?.close()
  }
}

const optionOf = (name: string): string | undefined => {
  const at = process.argv.indexOf(name)
  return at < 0 ? undefined : process.argv[at + 1]
}

const [command, first, second] = process.argv.slice(2)
if (command === 'check') process.exitCode = check(first ?? shipped)
else if (command === 'record') process.exitCode = record(first ?? shipped)
else if (command === 'explain' && first) process.exitCode = explain(first, second)
else if (command === 'preview' && first?.includes('@') && optionOf('--unit'))
  process.exitCode = await preview(first, optionOf('--unit') ?? '', optionOf('--from'))
else if (command === 'schema') console.log(JSON.stringify(packJsonSchema(), null, 2))
else {
  console.error(usage)
  process.exitCode = 2
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { findClauses, findEndpoints, findPassingTests, findScreens } from './requirements/find-carriers.ts'
import { type Requirement, sayCoverage, unknownIds } from './requirements/say-coverage.ts'

const usage = `Usage: npm run coverage:requirements [-- --report FILE] [--check]
  --report   vitest's JSON report of a whole run (default .cache/test-report.json, which .ci/run leaves)
  --check    write nothing; leave with 1 when docs/coverage.md is not what would be written`

const root = join(import.meta.dirname, '..')
const page = join(root, 'docs/coverage.md')

const run = async (): Promise<number> => {
  const options = { report: { type: 'string' }, check: { type: 'boolean' }, help: { type: 'boolean' } } as const
  const { values } = parseArgs({ options })
  if (values.help) {
    console.log(usage)
    return 0
  }
  const reportPath = resolve(values.report ?? join(root, '.cache/test-report.json'))
  if (!existsSync(reportPath)) {
    console.error(`There is no test report at ${reportPath}: run .ci/run first, or name one with --report.`)
    return 1
  }
  const requirements = JSON.parse(readFileSync(join(root, 'docs/requirements.json'), 'utf8')) as readonly Requirement[]
  const endpoints = await findEndpoints(root)
  const found = {
    clauses: findClauses(root),
    endpoints,
    screens: findScreens(root, endpoints),
    tests: findPassingTests(root, readFileSync(reportPath, 'utf8')),
  }
  const strangers = unknownIds(requirements, found)
  for (const stranger of strangers) console.error(`no such requirement: ${stranger}`)
  if (strangers.length > 0) return 1
  const text = sayCoverage(requirements, found)
  if (values.check) {
    const isCurrent = existsSync(page) && readFileSync(page, 'utf8') === text
    if (!isCurrent) console.error('docs/coverage.md is out of date: run npm run coverage:requirements')
    return isCurrent ? 0 : 1
  }
  writeFileSync(page, text)
  console.log(text.split('\n').find((line) => line.startsWith('| all |')))
  return 0
}

process.exitCode = await run()

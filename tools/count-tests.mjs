// Prints "N passed, N failed" from vitest's JSON report, and leaves with 0 only when everything passed.
// Usage: node tools/count-tests.mjs <report> <exit code of the test run>. Without a report nothing was run: one failure.
import { readFileSync } from 'node:fs'

const [reportPath, exitCode] = process.argv.slice(2)
const { passed, failed } = count(readReport(reportPath), Number(exitCode))
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    // The install or the runner itself failed before it could write one.
    return undefined
  }
}

function count(report, code) {
  const files = report?.testResults ?? []
  const tests = files.flatMap((file) => file.assertionResults)
  const passed = tests.filter((test) => test.status === 'passed').length
  // A file that does not even load has no tests of its own to count.
  const broken = files.filter((file) => file.status === 'failed' && !file.assertionResults.some(isFailed)).length
  const failed = tests.filter(isFailed).length + broken
  const isClean = code === 0 && passed > 0
  return { passed, failed: isClean ? failed : Math.max(1, failed) }
}

function isFailed(test) {
  return test.status === 'failed'
}

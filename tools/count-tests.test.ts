import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tongxing-count-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function count(report: object | undefined, exitCode: number) {
  const path = join(folder, 'report.json')
  if (report !== undefined) writeFileSync(path, JSON.stringify(report))
  const ended = spawnSync(process.execPath, [join(import.meta.dirname, 'count-tests.mjs'), path, String(exitCode)])
  return [ended.stdout.toString().trimEnd(), ended.status]
}

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((one) => ({ status: one })),
})

test('passed and failed tests are counted, skipped ones are neither', () => {
  expect(count({ testResults: [file('passed', 'passed', 'passed', 'pending')] }, 0)).toEqual(['2 passed, 0 failed', 0])
  expect(count({ testResults: [file('failed', 'passed', 'failed')] }, 1)).toEqual(['1 passed, 1 failed', 1])
})

test('a file that does not load, a run that broke off and a run without a test all count as failed', () => {
  expect(count({ testResults: [file('failed'), file('passed', 'passed')] }, 1)).toEqual(['1 passed, 1 failed', 1])
  expect(count({ testResults: [file('passed', 'passed')] }, 1)).toEqual(['1 passed, 1 failed', 1])
  expect(count({ testResults: [] }, 0)).toEqual(['0 passed, 1 failed', 1])
  expect(count(undefined, 1)).toEqual(['0 passed, 1 failed', 1])
})

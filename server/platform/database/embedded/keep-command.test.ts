import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { keptCommand, spawnOptions } from './keep-command.ts'

const identity = { prefix: [] }

// Stands for a server that is stopped before it listens to signals: the first it does not heed, the second it does.
const deafAtFirst = `
let heard = 0
process.on('SIGINT', () => ++heard === 2 && process.exit(7))
setInterval(() => {}, 1_000)
console.error('begun')`

test('a server that did not hear the first signal is asked again, so that no orphan stays', async () => {
  const [program, words] = keptCommand(identity, 'stop', [process.execPath, '-e', deafAtFirst])
  const child = spawn(program, words, { ...spawnOptions(identity), stdio: ['pipe', 'ignore', 'pipe'] })
  child.stderr.once('data', () => child.stdin.end())
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(7)
})

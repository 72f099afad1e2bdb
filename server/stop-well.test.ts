import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const place = JSON.stringify(join(import.meta.dirname, 'stop-well.ts'))

/** A program that heeds its stop: what its work and its ground do at the end, and whether it breaks off by itself. */
const program = (parts: { before?: string; work?: string; ground?: string; also?: string; patience?: number }) => `
import { stopWell } from ${place}
${parts.before ?? ''}
const never = new Promise(() => {})
const later = (fault) => setTimeout(() => { throw new Error(fault) })
stopWell({
  log: { error: ({ name }, what) => console.log('fault:', what) },
  say: (line) => console.log(line),
  closeWork: async () => { ${parts.work ?? ''} },
  closeGround: async () => { ${parts.ground ?? ''}; console.log('ground closed') },
  ${parts.patience === undefined ? '' : `workPatienceMs: ${parts.patience},`}
})
setInterval(() => {}, 1_000)
${parts.also ?? ''}
console.log('ready')`

/** Runs it, sends the signals as soon as it heeds them, and answers its end and all it said. */
const run = async (parts: Parameters<typeof program>[0], signals: readonly NodeJS.Signals[]) => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program(parts)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let waiting = [...signals]
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece) => {
      said += String(piece)
      if (!said.includes('ready')) return
      for (const signal of waiting) child.kill(signal)
      waiting = []
    })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, said: said.trim().split('\n') }
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)(
  '%s closes the ground and ends with 0',
  async (signal) => {
    expect(await run({}, [signal])).toEqual({ code: 0, said: ['ready', 'ground closed'] })
  },
)

test('a stop that comes just before anything is opened is not lost', async () => {
  const { code } = await run({ before: `process.kill(process.pid, 'SIGINT')` }, [])
  expect(code).toBe(0)
})

test('one Ctrl-C that arrives twice, from the terminal and from npm, is one stop', async () => {
  const slow = { work: 'await new Promise((resolve) => setTimeout(resolve, 300))' }
  expect(await run(slow, ['SIGINT', 'SIGTERM'])).toEqual({ code: 0, said: ['ready', 'ground closed'] })
})

test('what breaks while everything is being closed is the closing itself', async () => {
  const breaks = `later('one'); later('two'); void Promise.reject(new Error('three')); await new Promise(setImmediate)`
  expect(await run({ work: breaks, ground: breaks }, ['SIGTERM'])).toEqual({
    code: 0,
    said: ['ready', 'ground closed'],
  })
})

test('a fault before any stop closes everything and ends with 1', async () => {
  expect(await run({ also: `later('by itself')` }, [])).toEqual({
    code: 1,
    said: ['ready', 'fault: stopping after a fault', 'ground closed'],
  })
})

test('work that does not end is left where it stands, and the ground is closed under it', async () => {
  expect(await run({ work: 'await never', patience: 50 }, ['SIGTERM'])).toEqual({
    code: 0,
    said: ['ready', '后台工作没有做完就停下了;已确认的内容都在,下次启动会接着做。', 'ground closed'],
  })
})

test('who asks again after a while cannot wait', async () => {
  const asksAgain = `process.on('SIGTERM', () => setTimeout(() => process.kill(process.pid, 'SIGTERM'), 1_200))`
  const { code, said } = await run({ work: 'await never', also: asksAgain }, ['SIGTERM'])
  expect([code, said]).toEqual([1, ['ready', expect.stringContaining('停止得太慢')]])
})

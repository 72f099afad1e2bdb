import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readOptions } from './read-options.ts'

const options = { unit: { type: 'string' }, help: { type: 'boolean' } } as const

test('what a command does not know, or misses, is said in Chinese with the word that was typed', () => {
  expect(readOptions({ options, args: ['--unit', '临湖县'] }).values.unit).toBe('临湖县')
  expect(() => readOptions({ options, args: ['--nonsense'] })).toThrow('没有 --nonsense 这个选项')
  expect(() => readOptions({ options, args: ['--unit'] })).toThrow('选项 --unit')
  expect(() => readOptions({ options, args: ['--help=yes'] })).toThrow('选项 --help')
  expect(() => readOptions({ options, args: ['名单.xlsx'] })).toThrow('多写了“名单.xlsx”')
})

test('the maker of trial provinces tells its use, and refuses a number or word it cannot take, without a trace of code', () => {
  const run = (...words: string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(import.meta.dirname, '../demo.ts'), ...words],
      {
        encoding: 'utf8',
      },
    )
    return { status, text: stdout + stderr }
  }
  expect(run('--help')).toMatchObject({ status: 0, text: expect.stringContaining('--students') })
  expect(run('--nonsense')).toMatchObject({ status: 1, text: '没有 --nonsense 这个选项,加 --help 看用法\n' })
  expect(run('--students', '很多').text).toBe('--students 应为 1 到 5000000 之间的整数,收到“很多”。\n')
})

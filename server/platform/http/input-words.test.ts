import { expect, test } from 'vitest'
import { z } from 'zod'
import { inputWords } from './input-words.ts'

const reasons = (schema: z.ZodType, value: unknown): string[] =>
  schema.safeParse(value, { error: inputWords }).error?.issues.map(({ message }) => message) ?? []

test.each<[string, z.ZodType, unknown, string]>([
  ['a missing text', z.object({ name: z.string() }), {}, '没有填写'],
  ['an empty text', z.string().trim().min(1), '  ', '没有填写'],
  ['a text that is too short', z.string().min(2), '我', '至少 2 个字'],
  ['a text that is too long', z.string().max(3), '太长的名字', '最多 3 个字'],
  ['a number for a text', z.string(), 7, '应是文字'],
  ['a text for a number', z.number(), '七', '应是数字'],
  ['a broken number', z.number().int(), 1.5, '应是整数'],
  ['a number that is too large', z.number().max(100), 101, '不能大于 100'],
  ['a number that is too small', z.number().min(1), 0, '不能小于 1'],
  ['a text for yes or no', z.boolean(), '是', '应是“是”或“否”'],
  ['an id that is none', z.uuid(), 'abc', '不是有效的编号'],
  ['a day that is none', z.iso.date(), '2026-02-30', '不是有效的日期,应如 2026-09-01'],
  ['a pattern missed', z.string().regex(/^\d+$/), 'x', '写法不对'],
  ['another than those named', z.enum(['todo', 'done']), 'all', '只能是 todo、done'],
  ['one of those not given', z.enum(['todo', 'done']), undefined, '没有填写'],
  ['too many', z.array(z.number()).max(1), [1, 2], '最多 1 项'],
  ['none of a list', z.array(z.number()).min(1), [], '没有填写'],
  ['a member nobody knows', z.strictObject({}), { __proto__x: 1 }, '没有这一项:__proto__x'],
  ['words of its own', z.string().regex(/^\d+$/, '只填数字'), 'x', '只填数字'],
  ['a check of its own', z.string().refine(() => false), 'x', '内容不合要求'],
])('%s is told in plain Chinese', (_, schema, value, words) => {
  expect(reasons(schema, value)).toEqual([words])
})

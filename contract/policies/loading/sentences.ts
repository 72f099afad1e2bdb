import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/** What a shape problem means, in words an officer understands. */
export function sentenceOf(issue: Issue, data: unknown): string {
  const name = nameOf(issue.path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return `不认识的项目“${issue.keys.map((key) => key.slice(0, 40)).join('”“')}”`
    case 'invalid_type':
      if (valueAt(data, issue.path) === undefined) return `缺少“${name}”`
      return `“${name}”应为${typeNames[issue.expected] ?? '另一种写法'}`
    case 'too_small':
      return issue.origin === 'array' ? `“${name}”至少要有 ${issue.minimum} 项` : `“${name}”太短或太小`
    case 'too_big':
      return issue.origin === 'array' ? `“${name}”最多 ${issue.maximum} 项` : `“${name}”太长或太大`
    case 'invalid_value':
      if (valueAt(data, issue.path) === undefined) return `缺少“${name}”`
      return `“${name}”只能是:${issue.values.map(String).join('、')}`
    case 'invalid_format':
      return `“${name}”的写法不对${name === 'id' ? ',只能用小写字母、数字和连字符' : ''}`
    case 'invalid_union':
      if (valueAt(data, issue.path) === undefined) return `缺少“${name}”`
      return `“${name}”的写法不在允许的几种之内`
    case 'custom':
      return `“${name}”应为日期,写作 2025-09-01`
    default:
      return `“${name}”的写法不对`
  }
}

const typeNames: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: '是或否(true 或 false)',
  array: '列表',
  object: '若干项目',
  record: '若干项目',
  tuple: '两项的列表',
}

const nameOf = (path: readonly PropertyKey[]) =>
  String(path.findLast((step) => typeof step === 'string') ?? '这一条').slice(0, 60)

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<PropertyKey, unknown>)[step]
  }
  return value
}

import type { z } from 'zod'

type Issue = z.core.$ZodRawIssue

const mostNamed = 12

const kinds: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: '“是”或“否”',
  array: '一组内容',
  object: '一组内容',
  record: '一组内容',
}

const formats: Readonly<Record<string, string>> = {
  uuid: '不是有效的编号',
  guid: '不是有效的编号',
  date: '不是有效的日期,应如 2026-09-01',
  datetime: '不是有效的时间',
  email: '不是有效的邮箱地址',
  url: '不是有效的网址',
}

const unitOf = (origin: string): string => (origin === 'string' ? '个字' : origin === 'array' ? '项' : '')

const amount = (issue: Issue & { code: 'too_big' | 'too_small' }): string => {
  const unit = unitOf(String(issue.origin))
  if (issue.code === 'too_big') return unit ? `最多 ${issue.maximum} ${unit}` : `不能大于 ${issue.maximum}`
  if (unit && Number(issue.minimum) <= 1) return '没有填写'
  return unit ? `至少 ${issue.minimum} ${unit}` : `不能小于 ${issue.minimum}`
}

/** Why a part of a request is not believed, in plain Chinese, where its schema has no words of its own. */
export const inputWords = (issue: Issue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null
        ? '没有填写'
        : `应是${kinds[issue.expected] ?? '另一种内容'}`
    case 'invalid_value':
      return issue.input === undefined
        ? '没有填写'
        : `只能是 ${issue.values.slice(0, mostNamed).map(String).join('、')}${issue.values.length > mostNamed ? ' 等' : ''}`
    case 'too_big':
    case 'too_small':
      return amount(issue)
    case 'invalid_format':
      return formats[issue.format] ?? '写法不对'
    case 'not_multiple_of':
      return `应是 ${issue.divisor} 的倍数`
    case 'unrecognized_keys':
      return `没有这一项:${issue.keys.slice(0, mostNamed).join('、')}`
    default:
      return '内容不合要求'
  }
}

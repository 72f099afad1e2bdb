import { describe, expect, test } from 'vitest'
import { readName, readNames, readText } from './names.ts'
import { outcome } from './result.fixture.ts'
import { characterCount, folded, isBlank, nameKey, trimmed } from './text.ts'

describe('names', () => {
  test.each([
    ['王芳', '王芳'],
    [' 王芳\u3000', '王芳'],
    ['王 芳', '王芳'],
    ['\u200b王芳\ufeff', '王芳'],
    ['𠮷田', '𠮷田'],
    ['䶮', '䶮'],
    ['王·阿依古丽', '王·阿依古丽'],
    ['Mary  Ann', 'Mary Ann'],
    ['张三(小)', '张三(小)'],
    ['𠮷'.repeat(36), '𠮷'.repeat(36)],
    ['𠮷'.repeat(37), 'name.too-long'],
    ['王'.repeat(300), 'name.too-long'],
    ['王芳😀', 'name.characters'],
    ['🇨🇳', 'name.characters'],
    ['王\u0000芳', 'name.characters'],
    ['<b>王芳</b>', 'name.characters'],
    ['=1+1', 'name.characters'],
    ['12345', 'name.characters'],
    ['王\ufffd', 'name.characters'],
    ['李\u202e明', 'name.characters'],
    ['王\ud842', 'name.characters'],
    ['   ', undefined],
  ])('%j is %j', (text, expected) => {
    expect(outcome(readName(text))).toBe(expected)
  })

  test('names are compared without regard to dots, spaces, width and case', () => {
    const keys = ['王·阿依古丽', '王•阿依古丽', '王・阿依古丽', '王．阿依古丽', ' 王 · 阿依古丽'].map(nameKey)
    expect(new Set(keys).size).toBe(1)
    expect(nameKey('mary ann')).toBe(nameKey('ＭＡＲＹＡＮＮ'))
    expect(nameKey('王芳')).not.toBe(nameKey('王方'))
  })

  test.each([
    ['贾俊、石哲英', ['贾俊', '石哲英']],
    ['贾俊,石哲英;王芳', ['贾俊', '石哲英', '王芳']],
    ['贾俊 石哲英', ['贾俊', '石哲英']],
    ['王 芳', ['王芳']],
    ['贾俊;', ['贾俊']],
    ['王·阿依古丽', ['王·阿依古丽']],
  ])('%s are %j', (text, expected) => {
    expect(outcome(readNames(text))).toEqual(expected)
  })

  test('texts are bounded and hold no control characters', () => {
    expect(outcome(readText(' 一\n二 ', 10))).toBe('一\n二')
    expect(outcome(readText('𠮷'.repeat(10), 10))).toBe('𠮷'.repeat(10))
    expect(outcome(readText('𠮷'.repeat(11), 10))).toBe('text.too-long')
    expect(outcome(readText('a\u0007', 10))).toBe('text.characters')
  })

  test('characters are counted as people count them, blanks known', () => {
    expect(characterCount('𠮷田')).toBe(2)
    expect(folded(' ３２ ｘ')).toBe('32X')
    expect(trimmed('\u3000 a b\u00a0')).toBe('a b')
    expect(['', ' ', '/', '—', '——', '无数据', 'n/a'].every(isBlank)).toBe(true)
    expect(['无', '0', 'x'].some(isBlank)).toBe(false)
  })
})

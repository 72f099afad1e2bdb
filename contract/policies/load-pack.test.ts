import { describe, expect, it } from 'vitest'
import { loadPack } from './load-pack.ts'
import { loadPacks } from './load-packs.ts'
import type { PackFile } from './loading/read-yaml.ts'
import type { Pack } from './pack.ts'
import { rulesInForce } from './rules-in-force.ts'

const header = (issuer = 'upper', more = '') => ({
  name: 'pack.yaml',
  text: `issuer: ${issuer}\nname: 试\nversion: 1.0.0\n${more}documents:\n  - { id: doc, title: 文件 }\n`,
})

/** One class, with what differs put in. */
const who = (change: Partial<Record<string, string>> = {}) => {
  const parts: Record<string, string | undefined> = {
    id: 'poor',
    label: '低保学生',
    cite: '[{ requirement: [T1], document: doc, at: 第一条 }]',
    secrecy: 'groups',
    when: '{ fact: 低保, is: 是 }',
    examples: '{ in: [{ facts: { 低保: 是 } }], out: [{ facts: { 低保: 否 } }], unknown: [{ facts: {} }] }',
    ...change,
  }
  const lines = Object.entries(parts).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]))
  return `- ${lines.join('\n  ')}\n`
}
const file = (text: string, name = 'who.yaml'): PackFile => ({ name, text })

function load(files: readonly PackFile[], above: readonly Pack[] = []): Pack {
  const loaded = loadPack(files, above)
  if ('pack' in loaded) return loaded.pack
  throw new Error(loaded.problems.map(({ file: name, line, sentence }) => `${name}:${line} ${sentence}`).join('\n'))
}
function problems(files: readonly PackFile[], above: readonly Pack[] = []) {
  const loaded = loadPack(files, above)
  return 'problems' in loaded ? loaded.problems : []
}
const sentences = (text: string, above: readonly Pack[] = []) =>
  problems([above.length > 0 ? header('lower', 'extends: upper\n') : header(), file(text)], above).map(
    ({ sentence }) => sentence,
  )

describe('a pack', () => {
  it('loads when every name, value and example is right', () => {
    const pack = load([header(), file(who())])
    expect(pack.rules).toMatchObject([{ ref: 'upper/poor', when: { kind: 'is', fact: 'dibao', value: true } }])
  })

  it('is refused with file, line, rule and a sentence', () => {
    const text = `${who()}${who({ id: 'other', when: '{ fact: 低保户, is: 是 }' })}`
    expect(problems([header(), file(text)])).toEqual([
      { file: 'who.yaml', line: 11, rule: 'other', sentence: '没有叫“低保户”的事项,请对照事项字典' },
    ])
  })

  it.each([
    ['an unknown label of a code', who({ when: '{ fact: 留守情况, is: 三亲留守 }' }), '没有“三亲留守”这一项'],
    ['a value of the wrong type', who({ when: '{ fact: 低保, is: 3 }' }), '只能写“是”或“否”'],
    ['money without its unit', who({ when: '{ fact: 家庭人均年收入, at_most: 8000 }' }), '应写作“8000元”'],
    ['a measure of what has no order', who({ when: '{ fact: 留守情况, at_least: 单亲留守 }' }), '不分大小先后'],
    ['ends the wrong way round', who({ when: '{ fact: 年龄, between: [9, 3] }' }), '两端写反了'],
    ['a date that is no day', who({ from: '2025-02-30' }), '应为日期'],
    ['two words in one condition', who({ when: '{ fact: 低保, is: 是, in: [是] }' }), '只能有一个判断词'],
    ['a word outside the vocabulary', who({ when: '{ script: "1" }' }), '没有可用的判断词'],
    ['an unknown class', who({ when: '{ member_of: nobody }' }), '没有叫“nobody”的类别'],
    ['an unknown record', who({ when: '{ done_within: { record: tea, days: 3 } }' }), '没有叫“tea”的记录'],
    ['a missing source', who({ cite: undefined }), '缺少“cite”'],
    ['an unlisted document', who({ cite: '[{ requirement: [T1], document: x, at: 一 }]' }), '没有列在 pack.yaml'],
    ['a missing example', who({ examples: '{ in: [{ facts: {} }], out: [{ facts: {} }] }' }), '缺少“unknown”'],
    [
      'a failing example',
      who({
        examples: '{ in: [{ facts: { 低保: 否 } }], out: [{ facts: { 低保: 否 } }], unknown: [{ facts: {} }] }',
      }),
      '例子(in 第 1 个)应为“符合”,实际是“不符合”',
    ],
    ['a secrecy looser than its facts', who({ secrecy: 'family' }), '密级“家庭与经济”低于所依据的“低保”'],
    ['a class that names itself', who({ when: '{ member_of: poor }' }), '引用成了圈'],
    ['overlapping dates', `${who({ until: '2025-09-01' })}${who({ from: '2025-09-01' })}`, '起止日期重叠'],
    ['an id with a slash', who({ id: 'upper/poor' }), '不能只改上级规则里面的一部分'],
    ['a repeated key', `${who()}  id: again\n`, '两个相同的项目名'],
    ['an alias', `- &a { id: x }\n- *a\n`, '不能用'],
    ['a script tag', '- !!js/function "x"\n', '不能用 ! 标签'],
    ['a prototype key', '- { __proto__: { id: x } }\n', '不能用“__proto__”'],
    ['something that is no list', 'id: x\n', '规则的列表'],
    ['broken YAML', '- id: [x\n', '写法有误'],
    ['deep nesting', `- ${'{ a: '.repeat(40)}1${' }'.repeat(40)}\n`, '嵌套超过 32 层'],
    ['ten thousand nested conditions', `- ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`, '嵌套超过 32 层'],
  ])('is refused for %s', (_, text, sentence) => {
    expect(sentences(text).join('\n')).toContain(sentence)
  })

  it('is refused above one megabyte', () => {
    expect(sentences(`# ${'长'.repeat(400_000)}`)).toEqual(['文件超过 1 MB,请拆分或检查内容'])
  })

  it('may disclose a class more widely with a reason', () => {
    expect(sentences(who({ secrecy: 'family', discloses: '只用于走访' }))).toEqual([])
  })

  it('keeps candidates out of classes, duties and figures', () => {
    const candidate = who({ proposes: 'true' })
    const user = who({ id: 'user', when: '{ member_of: poor }' })
    expect(sentences(`${candidate}${user}`)).toEqual(['候选名单未经确认,不能作为正式类别的条件'])
  })

  it('is refused when a circle only closes through a class it replaces', () => {
    const upper = load([header(), file(`${who()}${who({ id: 'b', when: '{ member_of: poor }' })}`)])
    const lower = who({ id: 'poor', replaces: 'upper/poor', when: '{ member_of: upper/b }' })
    expect(sentences(lower, [upper]).join()).toContain('引用成了圈')
  })
})

describe('a lower pack', () => {
  const upper = load([header(), file(who())])
  const child = header('lower', 'extends: upper\n')

  it('replaces a rule whole, from its day, and gives it back afterwards', () => {
    const replacement = who({
      id: 'poor',
      replaces: 'upper/poor',
      from: '2025-09-01',
      until: '2026-08-31',
      label: '新',
    })
    const lower = load([child, file(replacement)], [upper])
    const labelOn = (date: string) => rulesInForce([upper, lower], date).who.map(({ ref, label }) => `${ref} ${label}`)
    expect(labelOn('2025-08-31')).toEqual(['upper/poor 低保学生'])
    expect(labelOn('2025-09-01')).toEqual(['upper/poor 新'])
    expect(labelOn('2026-08-31')).toEqual(['upper/poor 新'])
    expect(labelOn('2026-09-01')).toEqual(['upper/poor 低保学生'])
  })

  it('ends a rule from a day on', () => {
    const ending =
      '- { ends: upper/poor, from: 2025-09-01, cite: [{ requirement: [T1], document: doc, at: 第二条 }] }\n'
    const lower = load([child, file(ending)], [upper])
    expect(rulesInForce([upper, lower], '2025-08-31').who).toHaveLength(1)
    expect(rulesInForce([upper, lower], '2025-09-01').who).toEqual([])
    expect(rulesInForce([upper], '2025-09-01').who).toHaveLength(1)
  })

  it('never patches inside a rule', () => {
    expect(sentences('- { id: poor, replaces: upper/poor, label: 新 }\n', [upper])[0]).toContain(
      '不能只改上级规则里面的一部分',
    )
  })

  it('is refused when it replaces or ends what is not there', () => {
    expect(sentences(who({ replaces: 'upper/none' }), [upper])).toEqual(['上级没有规则“upper/none”,无从替换'])
  })
})

describe('packs together', () => {
  it('load in any order', () => {
    const loaded = loadPacks(
      new Map([
        ['lower', [header('lower', 'extends: upper\n')]],
        ['upper', [header(), file(who())]],
      ]),
    )
    expect(loaded).toMatchObject({ packs: [{ issuer: 'upper' }, { issuer: 'lower', extends: 'upper' }] })
  })

  it('are refused when they extend each other', () => {
    const loaded = loadPacks(
      new Map([
        ['a', [header('a', 'extends: b\n')]],
        ['b', [header('b', 'extends: a\n')]],
      ]),
    )
    expect('problems' in loaded && loaded.problems.map(({ file: name }) => name)).toEqual([
      'a/pack.yaml',
      'b/pack.yaml',
    ])
  })
})

import { expect, test } from 'vitest'
import { loadPack } from '../load-pack.ts'
import { sayToForm } from './say-to-form.ts'

const said = (text: string): string[] => {
  const loaded = loadPack([{ name: 'pack.yaml', text }], [])
  return 'problems' in loaded ? loaded.problems.map((problem) => sayToForm(problem).sentence) : []
}

test('whoever fills in the form is told by the names of its fields what the head of a pack lacks', () => {
  expect(said('issuer: ""\nname: ""\nversion: ""\ndocuments: []\n')).toEqual([
    '“代号”用小写字母开头,只用小写字母、数字和短横线',
    '请写“名称”',
    '“版本号”写三个用点隔开的数,如 1.0.0',
  ])
  expect(said('issuer: linhu\nname: 临湖\nversion: 1.0.0\n')).toEqual(['请写“依据的文件”'])
  expect(said('issuer: linhu\nname: 临湖\nversion: 1.0.0\ndocuments: [{id: document-1, title: ""}]\n')).toEqual([
    '请写“依据的文件的标题”',
  ])
})

test('no word of the file is left in what the form says of a head, whatever is wrong with it', () => {
  const heads = [
    '{}',
    '[]',
    'issuer: 3\nname: 4\nversion: 5\nextends: 6\ndocuments: 7\n',
    'issuer: jiangsu\nextends: jiangsu\nname: 苏\nversion: 1.0.0\ndocuments: []\n',
  ]
  for (const head of heads) {
    const sentences = said(head)
    expect(sentences.length).toBeGreaterThan(0)
    for (const sentence of sentences) expect(sentence).not.toMatch(/issuer|name|version|extends|documents|title/)
  }
})

test('problems of rules keep the words of the loader', () => {
  const problem = { file: 'duty.yaml', line: 3, sentence: '“name”的写法不对' }
  expect(sayToForm(problem)).toEqual(problem)
})

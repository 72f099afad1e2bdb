import type { Pack, PackProblem } from '../pack.ts'
import type { ReadFile } from './read-yaml.ts'
import { sentenceOf } from './sentences.ts'
import { packShape } from './shapes/index.ts'

export type Header = Omit<Pack, 'rules' | 'endings'>

/** Reads `pack.yaml`; adds what is wrong with it. */
export function readHeader(
  files: readonly ReadFile[],
  above: readonly Pack[],
  problems: PackProblem[],
): Header | undefined {
  const file = files.find(({ name }) => name === 'pack.yaml')
  if (!file) {
    if (problems.length === 0) problems.push({ file: 'pack.yaml', line: 1, sentence: '缺少 pack.yaml' })
    return undefined
  }
  const checked = packShape.safeParse(file.data)
  if (!checked.success) {
    for (const issue of checked.error.issues)
      problems.push({
        file: file.name,
        line: file.lineOf(issue.path as (string | number)[]),
        sentence: sentenceOf(issue, file.data),
      })
    return undefined
  }
  const { extends: parent, documents, ...rest } = checked.data
  const complain = (key: string, sentence: string) =>
    problems.push({ file: file.name, line: file.lineOf([key]), sentence })
  if (parent === rest.issuer) complain('extends', '政策包不能继承自己')
  else if (parent !== above.at(-1)?.issuer)
    complain('extends', parent ? `找不到所继承的政策包“${parent}”` : '没有写 extends,不能排在别的政策包下面')
  if (above.some((pack) => pack.issuer === rest.issuer)) complain('issuer', `上级已有政策包“${rest.issuer}”`)
  return {
    ...rest,
    ...(parent && { extends: parent }),
    documents: documents.map(({ number, issued, ...document }) => ({
      ...document,
      ...(number && { number }),
      ...(issued && { issued }),
    })),
  }
}

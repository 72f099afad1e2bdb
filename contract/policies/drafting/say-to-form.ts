import type { PackProblem } from '../pack.ts'

// What the form calls the file's items, and how each is written where that is not plain.
const items: Readonly<Record<string, { readonly name: string; readonly form?: string }>> = {
  issuer: { name: '代号', form: '用小写字母开头,只用小写字母、数字和短横线' },
  name: { name: '名称' },
  extends: { name: '继承哪个政策' },
  version: { name: '版本号', form: '写三个用点隔开的数,如 1.0.0' },
  documents: { name: '依据的文件' },
  title: { name: '依据的文件的标题' },
}

const ofItem = (item: string, what: string): string | undefined => {
  const known = items[item]
  if (!known) return undefined
  if (what === '太短或太小' || what.startsWith('至少')) return `请写“${known.name}”`
  return what === '的写法不对' && known.form ? `“${known.name}”${known.form}` : `“${known.name}”${what}`
}

/**
 * What is wrong with a pack's head in the words of the form that it is written by: the loader speaks of the file's own
 * items (`issuer`), which nobody who fills in a form has seen. Other problems come back as they are.
 */
export const sayToForm = (problem: PackProblem): PackProblem => {
  if (problem.file !== 'pack.yaml') return problem
  const { sentence } = problem
  if (sentence === '没有写 extends,不能排在别的政策包下面') return { ...problem, sentence: '请选“继承哪个政策”' }
  const missing = /^缺少“(\w+)”$/.exec(sentence)?.[1]
  if (missing && items[missing]) return { ...problem, sentence: `请写“${items[missing].name}”` }
  const [, item = '', what = ''] = /^“(\w+)”(.*)$/.exec(sentence) ?? []
  return { ...problem, sentence: ofItem(item, what) ?? sentence }
}

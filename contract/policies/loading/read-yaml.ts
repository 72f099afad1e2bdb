import { isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml'
import type { PackProblem } from '../pack.ts'

/** A file of a pack as handed in. */
export interface PackFile {
  readonly name: string
  readonly text: string
}

export type Path = readonly (string | number)[]

/** The data of a file and the line on which a part of it stands. */
export interface ReadFile {
  readonly name: string
  readonly data: unknown
  readonly lineOf: (path: Path) => number
}

const LARGEST_FILE = 1_048_576
const DEEPEST = 32
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Reads one YAML file without letting it do anything: no tags, no anchors, no aliases, no merge keys, no repeated
 * keys, bounded in size and depth.
 */
export function readYaml(file: PackFile): ReadFile | { readonly problems: readonly PackProblem[] } {
  const refuse = (line: number, sentence: string) => ({ problems: [{ file: file.name, line, sentence }] })
  if (file.text.length > LARGEST_FILE || new TextEncoder().encode(file.text).length > LARGEST_FILE)
    return refuse(1, '文件超过 1 MB,请拆分或检查内容')
  const lines = new LineCounter()
  try {
    const document = parseDocument(file.text, {
      lineCounter: lines,
      uniqueKeys: true,
      merge: false,
      schema: 'core',
      prettyErrors: false,
      logLevel: 'silent',
    })
    const lineAt = (offset: number | undefined) => (offset === undefined ? 1 : lines.linePos(offset).line)
    if (document.errors.some((error) => error.code === 'RESOURCE_EXHAUSTION'))
      return refuse(1, `嵌套超过 ${DEEPEST} 层`)
    if (document.errors.length > 0)
      return {
        problems: document.errors.slice(0, 20).map((error) => ({
          file: file.name,
          line: lineAt(error.pos[0]),
          sentence:
            error.code === 'DUPLICATE_KEY'
              ? '同一条里有两个相同的项目名,请删去一个'
              : '写法有误,请检查这一行附近的缩进、冒号、引号和括号',
        })),
      }
    const forbidden = findForbidden(document.contents)
    if (forbidden) return refuse(lineAt(forbidden.offset), forbidden.sentence)
    return {
      name: file.name,
      data: document.toJS({ maxAliasCount: 0 }),
      lineOf: (path) => lineAt(offsetOf(document.contents, path)),
    }
  } catch (error) {
    // The parser recurses: nesting deep enough to exhaust the stack is the only expected way here.
    if (error instanceof RangeError) return refuse(1, `嵌套超过 ${DEEPEST} 层`)
    throw error
  }
}

function findForbidden(root: unknown): { offset: number | undefined; sentence: string } | undefined {
  let found: { offset: number | undefined; sentence: string } | undefined
  if (!isNode(root)) return undefined
  visit(root, (_, node, path) => {
    const offset = isNode(node) ? node.range?.[0] : undefined
    if (path.filter((step) => !isPair(step)).length > DEEPEST) found = { offset, sentence: `嵌套超过 ${DEEPEST} 层` }
    else if (isAlias(node)) found = { offset, sentence: '不能用 * 引用别处的内容,请写完整' }
    else if (isNode(node) && 'anchor' in node && node.anchor)
      found = { offset, sentence: '不能用 & 标记内容供别处引用' }
    else if (isNode(node) && node.tag) found = { offset, sentence: '不能用 ! 标签,文件里只能有文字、数字和列表' }
    else if (isPair(node) && isScalar(node.key) && FORBIDDEN_KEYS.has(String(node.key.value)))
      found = { offset: node.key.range?.[0], sentence: `不能用“${String(node.key.value)}”作项目名` }
    return found ? visit.BREAK : undefined
  })
  return found
}

/** The offset of the deepest part of the path that exists: a key, or a list item. */
function offsetOf(root: unknown, path: Path): number | undefined {
  let node = root
  let offset = isNode(root) ? root.range?.[0] : undefined
  for (const step of path) {
    if (isSeq(node)) node = node.items[Number(step)]
    else if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step)
      if (isScalar(pair?.key)) offset = pair.key.range?.[0] ?? offset
      node = pair?.value
    } else return offset
    if (isNode(node) && isScalar(node) === false && !isMap(node)) continue
    if (isNode(node) && isMap(node) && typeof step === 'number') offset = node.range?.[0] ?? offset
  }
  return offset
}

import { isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
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

interface Forbidden {
  readonly offset: number | undefined
  readonly sentence: string
}

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined)

/** The first thing in reading order that a pack may not hold. */
function findForbidden(node: unknown, depth = 0): Forbidden | undefined {
  const refuse = (sentence: string): Forbidden => ({ offset: startOf(node), sentence })
  if (!isNode(node)) return undefined
  if (depth > DEEPEST) return refuse(`嵌套超过 ${DEEPEST} 层`)
  if (isAlias(node)) return refuse('不能用 * 引用别处的内容,请写完整')
  if (node.anchor) return refuse('不能用 & 标记内容供别处引用')
  if (node.tag) return refuse('不能用 ! 标签,文件里只能有文字、数字和列表')
  if (isScalar(node)) return undefined
  for (const item of isMap(node) || isSeq(node) ? node.items : []) {
    const found = isPair(item) ? forbiddenIn(item, depth + 1) : findForbidden(item, depth + 1)
    if (found) return found
  }
  return undefined
}

function forbiddenIn({ key, value }: { key: unknown; value: unknown }, depth: number): Forbidden | undefined {
  if (isScalar(key) && FORBIDDEN_KEYS.has(String(key.value)))
    return { offset: startOf(key), sentence: `不能用“${String(key.value)}”作项目名` }
  return findForbidden(key, depth) ?? findForbidden(value, depth)
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

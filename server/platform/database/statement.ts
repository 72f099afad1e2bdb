import { createHash } from 'node:crypto'

/** A statement with its values. The text decides the name under which the server keeps its plan. */
export interface Statement {
  readonly text: string
  readonly values?: readonly unknown[]
  /** Columns are wanted as the bytes the server wrote: text that only passes through. Over the door alone. */
  readonly asBytes?: boolean
  /** Each row is wanted undivided, as the bytes the server wrote: `{ row }`, for `jsonRows`. Over the door alone. */
  readonly asRow?: boolean
  /**
   * Planned once for all values: for a large statement over one student or one unit, planning costs more than running it.
   * Read over the door alone.
   */
  readonly plannedOnce?: boolean
  /**
   * Read as the role whose sight is the person's first range alone. Its policies bound an index; the usual ones are asked
   * of every row, thousands of times for a county's figures. Over the door alone, in one flush.
   */
  readonly asOverlooker?: boolean
}

/** What operations get to speak to the database: one open transaction of one actor. */
export interface Db {
  /** Rows of a statement. */
  readonly rows: <Row extends object>(statement: Statement) => Promise<Row[]>
  /** The first row, or undefined. */
  readonly first: <Row extends object>(statement: Statement) => Promise<Row | undefined>
  /** How many rows a change touched. */
  readonly change: (statement: Statement) => Promise<number>
}

const names = new Map<string, string>()

/** The name under which the server keeps a text's plan. */
export const nameOf = (text: string): string => {
  const known = names.get(text)
  if (known) return known
  const name = createHash('sha1').update(text).digest('base64url')
  // Texts are written in code, not built from input, so the map is bounded; a cap keeps a mistake from filling memory.
  if (names.size < 5_000) names.set(text, name)
  return name
}

const texts = new WeakMap<TemplateStringsArray, string>()

/** Builds a statement from a template: values become parameters, nested fragments made by `raw` are spliced in. */
export const sql = (strings: TemplateStringsArray, ...parts: readonly unknown[]): Statement => {
  const known = texts.get(strings)
  if (known !== undefined) return { text: known, values: parts }
  const built = build(strings, parts)
  // Without fragments the text follows from the template alone and need not be put together again.
  if (!parts.some((part) => part instanceof Fragment)) texts.set(strings, built.text)
  return built
}

const build = (strings: TemplateStringsArray, parts: readonly unknown[]): Statement => {
  const values: unknown[] = []
  let text = ''
  strings.forEach((piece, index) => {
    text += piece
    if (index >= parts.length) return
    const part = parts[index]
    if (part instanceof Fragment) {
      text += part.text
      return
    }
    values.push(part)
    text += `$${values.length}`
  })
  return { text, values }
}

class Fragment {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** SQL written in code, spliced into a statement. Never give it anything that came from outside. */
export const raw = (text: string): unknown => new Fragment(text)

import type { Condition } from '../condition.ts'
import type { Reading } from './word.ts'

/** Reads every inner condition, so that an author sees all problems at once; undefined when one is bad. */
export function readChildren(
  written: readonly unknown[],
  reading: Reading,
  path: readonly (string | number)[],
): readonly Condition[] | undefined {
  const read = written.flatMap((child, index) => reading.child(child, [...path, index]) ?? [])
  return read.length === written.length ? read : undefined
}

/** `(1)……;(2)……` */
export function describeList(of: readonly Condition[], child: (inner: Condition) => string): string {
  return of.map((inner, index) => `(${index + 1})${child(inner)}`).join(';')
}

import type { RecordField, RecordKindDefinition } from '../rule.ts'
import type { Path } from './read-yaml.ts'
import type { Say } from './standing.ts'

/** The code of a record field's option as written: its label or its number. */
export function findCode(field: Pick<RecordField, 'codes'>, written: unknown): number | undefined {
  const found = Object.entries(field.codes ?? {}).find(([code, label]) => label === written || Number(code) === written)
  return found && Number(found[0])
}

/** Reads `mode: [入户, 电话]` against a record kind; says unknown fields and options. */
export function readCodes(
  written: Readonly<Record<string, unknown>>,
  record: RecordKindDefinition,
  say: Say,
  path: Path,
): Readonly<Record<string, readonly number[]>> {
  const read: Record<string, readonly number[]> = {}
  for (const [id, values] of Object.entries(written)) {
    const field = record.fields.find((candidate) => candidate.id === id && candidate.codes)
    if (!field) {
      say(`“${record.label}”没有可选项栏目“${id}”`, [...path, id])
      continue
    }
    const codes = [values].flat().flatMap((value) => {
      const code = findCode(field, value)
      if (code === undefined) say(`“${field.label}”没有“${String(value)}”这一项`, [...path, id])
      return code ?? []
    })
    read[id] = codes.sort((a, b) => a - b)
  }
  return read
}

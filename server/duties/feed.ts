import type { RecordNeed } from '#contract/policies'
import type { CodedContent } from '#server/records'

/** Which records count for a duty, as tables say it. */
export interface Feed {
  readonly kind: number
  /** Ways of doing it that count; null: any. */
  readonly modes: readonly number[] | null
  /** Codes of other coded fields that count; null: any. */
  readonly coded: Readonly<Record<string, readonly number[]>> | null
  /** Only records that stand for this archive part; null: any. */
  readonly part: number | null
  /** The archive part it fills, as a bit; 0 for a duty that counts records. */
  readonly bit: number
}

/** The records that fit a need. */
export const recordFeed = (need: Pick<RecordNeed, 'number' | 'where'>): Feed => {
  const { mode, ...others } = need.where
  return {
    kind: need.number,
    modes: mode ?? null,
    coded: Object.keys(others).length > 0 ? others : null,
    part: null,
    bit: 0,
  }
}

const codesOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

/** Whether a record counts, by its kind and codes. */
export const fits = (feed: Feed, kind: number, content: CodedContent): boolean => {
  if (feed.kind !== kind) return false
  if (feed.part !== null && feed.part !== content.part) return false
  if (feed.modes !== null && (content.mode === null || !feed.modes.includes(content.mode))) return false
  return Object.entries(feed.coded ?? {}).every(([field, codes]) =>
    codesOf(content.coded[field]).some((code) => codes.some((one) => one === code)),
  )
}

/** SQL: whether a current record subject `r` says what a feed `f` asks beyond its kind. The same as `fits`. */
export const fitsInSql = (r: string, f: string): string => `((${f}.modes is null or ${r}.mode = any(${f}.modes))
        and (${f}.part is null or ${r}.part = ${f}.part)
        and (${f}.coded is null or exists (select from records c
          where c.school_id = ${r}.school_id and c.id = ${r}.record_id and not exists (select from jsonb_each(${f}.coded) w
            where not exists (select from jsonb_array_elements(
                case jsonb_typeof(c.coded -> w.key) when 'array' then c.coded -> w.key else jsonb_build_array(c.coded -> w.key) end) e
              where w.value @> e)))))`

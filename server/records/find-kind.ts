import { findRecordKindByNumber, type RecordKindDefinition } from '#contract/policies'
import type { Registry } from '#server/policies'

/** The kind under which a record was made: as in force now, else as any pack once had it; old records stay readable. */
export const findKind = (
  registry: Registry,
  schoolPath: string,
  today: string,
  number: number,
): RecordKindDefinition | undefined =>
  findRecordKindByNumber(registry.inForce(schoolPath, today).rules, number) ??
  registry.packs
    .flatMap((pack) => pack.rules)
    .find((rule): rule is RecordKindDefinition => rule.kind === 'record' && rule.number === number)

/** How it was done, in the words of the kind: 入户, 电话; null where the kind asks for no way or the way is unknown. */
export const wayOf = (kind: RecordKindDefinition | undefined, mode: number | null): string | null =>
  kind?.fields.find(({ id }) => id === 'mode')?.codes?.[mode ?? 0] ?? null

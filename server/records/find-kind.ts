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

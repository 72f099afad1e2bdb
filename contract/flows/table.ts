import type { RecordField } from '#contract/policies'
import type { Clock, Move, Role, State } from './flow.ts'

/** So much time, told so long before; late brings in the next post up. */
export const allowed = (count: number, unit: Clock['unit'], warnBefore: number): Clock => ({
  count,
  unit,
  warnBefore,
  whenOver: 'escalate',
})

/** A state in which somebody acts: what staff and what the family reads, and whose desk it lies on. */
export const waiting = <Desk extends Role>(
  label: string,
  told: string,
  desk: readonly Desk[],
  more: Pick<State, 'clock' | 'awaits' | 'own' | 'copies'> = {},
) => ({ label, told, desk, ...more })

/** A state that nothing follows. */
export const over = (label: string, told = '已经办结') => ({ label, told, final: true }) as const

/** A move; no reason is asked unless `more` says so. */
export const step = <From extends string, To extends string>(
  id: string,
  label: string,
  from: readonly From[],
  to: To,
  by: readonly Role[],
  more: Partial<Omit<Move, 'id' | 'label' | 'from' | 'to' | 'by'>> = {},
) => ({ id, label, from, to, by, needsReason: false, ...more })

/** A question answered in words; asked for and sealed unless `more` says otherwise. */
export const prose = (id: string, label: string, max: number, more: Partial<RecordField> = {}): RecordField => ({
  id,
  label,
  type: 'text',
  required: true,
  max,
  encrypted: true,
  ...more,
})

/** A question answered by one of the choices. */
export const coded = (
  id: string,
  label: string,
  codes: Readonly<Record<number, string>>,
  more: Partial<RecordField> = {},
): RecordField => ({ id, label, type: 'code', required: true, max: 1, codes, encrypted: false, ...more })

import { isPlainDate, type PlainDate, Refusal } from '#contract/platform'
import { isAtOrBelow } from './paths.ts'
import { isSchoolKind, kindsBelow, type UnitKind, unitKinds } from './unit-kinds.ts'

/** A unit as far as the rules of the tree ask. */
export interface TreeUnit {
  readonly id: string
  readonly parentId: string | null
  readonly path: string
  readonly kind: UnitKind
  readonly name: string
  readonly schoolId: string | null
  readonly closedOn: PlainDate | null
}

const closed = ({ name }: TreeUnit): Refusal => new Refusal('organisations.closed', `${name}已撤销,不能再变更。`)

/** Why a kind of unit cannot stand below another; undefined when it can. */
export const whyNotBelow = (kind: UnitKind, parent: TreeUnit): Refusal | undefined => {
  if (parent.closedOn) return closed(parent)
  if (kindsBelow[parent.kind].includes(kind)) return undefined
  const sentence = `${unitKinds[parent.kind].label}下面不能设${unitKinds[kind].label}。`
  return new Refusal('organisations.wrong-place', sentence, 'invalid', [{ field: 'kind', reason: sentence }])
}

/** Why a change cannot carry this date: it acts at once, so it cannot lie ahead. */
export const whyNotOn = (on: PlainDate, today: PlainDate): Refusal | undefined =>
  isPlainDate(on) && on <= today
    ? undefined
    : new Refusal('organisations.future-change', '变更日期不能晚于今天。', 'invalid', [
        { field: 'on', reason: '不能晚于今天' },
      ])

/** Why a unit cannot move below another; undefined when it can. */
export const whyNotMove = (unit: TreeUnit, parent: TreeUnit): Refusal | undefined => {
  if (unit.closedOn) return closed(unit)
  if (unit.parentId === null) return new Refusal('organisations.root', '最上级单位不能迁移。')
  if (isAtOrBelow(parent.path, unit.path)) {
    return new Refusal('organisations.into-itself', '单位不能迁到自己或自己的下级。')
  }
  if (unit.parentId === parent.id) return new Refusal('organisations.already-there', '单位已经在这里。')
  return whyNotBelow(unit.kind, parent) ?? whyNotAcross(unit, parent)
}

// A child's file belongs to its school: it changes schools by a transfer, never along with its class.
const whyNotAcross = (unit: TreeUnit, target: TreeUnit): Refusal | undefined =>
  isSchoolKind(unit.kind) || unit.schoolId === target.schoolId
    ? undefined
    : new Refusal('organisations.crosses-schools', '班级、年级不能跨校迁移或合并,请为学生办理转学。')

/** Why a unit cannot be merged into another; undefined when it can. Schools of any kind may merge. */
export const whyNotMerge = (unit: TreeUnit, into: TreeUnit): Refusal | undefined => {
  if (unit.closedOn) return closed(unit)
  if (into.closedOn) return closed(into)
  if (isAtOrBelow(into.path, unit.path)) {
    return new Refusal('organisations.into-itself', '单位不能并入自己或自己的下级。')
  }
  const bothSchools = isSchoolKind(unit.kind) && isSchoolKind(into.kind)
  const mergeable: readonly UnitKind[] = ['class', 'grade', 'major', 'college']
  if (bothSchools || (unit.kind === into.kind && mergeable.includes(unit.kind))) return whyNotAcross(unit, into)
  return new Refusal('organisations.unlike', `${unitKinds[unit.kind].label}不能并入${unitKinds[into.kind].label}。`)
}

/** Why a unit cannot be closed; undefined when it can. */
export const whyNotClose = (
  unit: TreeUnit,
  { openChildren, students }: { readonly openChildren: number; readonly students: number },
): Refusal | undefined => {
  if (unit.closedOn) return closed(unit)
  if (unit.parentId === null) return new Refusal('organisations.root', '最上级单位不能撤销。')
  if (openChildren > 0) {
    return new Refusal('organisations.has-units', `${unit.name}还有 ${openChildren} 个下级单位,请先撤销或迁出。`)
  }
  if (students > 0) return new Refusal('organisations.has-students', `${unit.name}还有 ${students} 名在读学生。`)
  return undefined
}

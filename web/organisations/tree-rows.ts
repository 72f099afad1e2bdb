import { type UnitNode, urbanLabels } from '#contract/organisations'

/** Open units before closed ones; otherwise the order in which the office keeps them. */
const inOrder = (a: UnitNode, b: UnitNode): number => Number(a.closedOn !== null) - Number(b.closedOn !== null)

/** The units that stand on top for this person. */
export const topOf = (units: readonly UnitNode[], roots: readonly string[]): UnitNode[] =>
  units.filter(({ id }) => roots.includes(id)).sort(inOrder)

/** The units right below one, in order. */
export const childrenOf = (units: readonly UnitNode[], parentId: string): UnitNode[] =>
  units.filter((unit) => unit.parentId === parentId).sort(inOrder)

/** 城区, 镇区, 乡村; undefined where it is not known. */
export const urbanLabel = (urban: number | null): string | undefined =>
  urban === 1 || urban === 2 || urban === 3 ? urbanLabels[urban] : undefined

/** Stages of education as the code list numbers them. */
export const stageLabels: Readonly<Record<number, string>> = {
  1: '学前',
  2: '小学',
  3: '初中',
  4: '高中',
  5: '中职',
  6: '五年制高职',
  7: '特殊教育',
  8: '本专科',
  9: '研究生',
}

const changeWords: Readonly<Record<string, string>> = {
  renamed: '更名',
  moved: '迁移',
  merged: '并入其他单位',
  closed: '撤销',
  reopened: '恢复',
}

/** What ended a stretch of a unit's history, in words. */
export const changeWord = (change: string): string => changeWords[change] ?? change

/** Who answers meanwhile for a post nobody holds. [T7] */
export const vacantSentence = (passesTo: { label: string; name: string } | null): string =>
  passesTo === null ? '暂时没有人代管,请尽快任命。' : `暂由${passesTo.label}${passesTo.name}负责。`

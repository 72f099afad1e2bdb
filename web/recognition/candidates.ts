import { useState } from 'react'
import type { AnswerOf } from '#contract/platform'
import { listCandidates } from '#contract/recognition'
import { useAnswerPages, useMe } from '#web/platform'

export type Candidate = AnswerOf<typeof listCandidates>['candidates'][number]
export type Level = 1 | 21 | 22

export const keyOf = (one: Pick<Candidate, 'schoolId' | 'studentId' | 'rule'>): string =>
  `${one.schoolId}/${one.studentId}/${one.rule}`

/** The candidates of a list below a unit, page by page; the unit can be narrowed. */
export const useCandidates = (kind: 'recognition' | 'key-listing') => {
  const { homeUnit } = useMe()
  const [unit, setUnit] = useState<{ id: string; name: string }>()
  const list = useAnswerPages(
    listCandidates,
    { query: { kind, unit: unit?.id ?? homeUnit.id } },
    {
      next: (last, pages) => {
        const seen = pages.reduce((sum, page) => sum + page.candidates.length, 0)
        return seen < last.total && last.candidates.length > 0 ? { page: pages.length + 1 } : undefined
      },
    },
  )
  return {
    ...list,
    unit,
    setUnit,
    total: list.pages?.[0]?.total,
    rows: list.pages?.flatMap(({ candidates }) => candidates),
  }
}

/** One decision per student, though several rules may have proposed the same one: the highest level wins. */
export const itemsFor = (
  chosen: readonly Candidate[],
  override: Level | undefined,
): Map<string, { studentId: string; level: Level }[]> => {
  const bySchool = new Map<string, Map<string, Level>>()
  for (const { schoolId, studentId, suggestedLevel } of chosen) {
    const level = override ?? (suggestedLevel as Level | null)
    if (level === null) continue
    const students = bySchool.get(schoolId) ?? new Map<string, Level>()
    const before = students.get(studentId)
    students.set(studentId, before === undefined || level < before ? level : before)
    bySchool.set(schoolId, students)
  }
  return new Map(
    [...bySchool].map(([school, students]) => [
      school,
      [...students].map(([studentId, level]) => ({ studentId, level })),
    ]),
  )
}

/** The rules that proposed someone in these rows, with how many each. */
export const rulesIn = (rows: readonly Candidate[]): { rule: number; label: string; count: number }[] => {
  const groups = Map.groupBy(rows, ({ rule }) => rule)
  return [...groups].map(([rule, these]) => ({ rule, label: these[0]?.ruleLabel ?? '', count: these.length }))
}

/** A doubtful row and the students it may be. */
export interface Doubtful {
  readonly row: number
  readonly candidates: readonly { readonly studentId: string; readonly score: number }[]
}

/** What a person chose for a row: a student, or nobody (null). */
export type Choices = ReadonlyMap<number, string | null>

/** The best candidate by score; none when two share the best score, because then only a person can tell. */
export const clearBest = ({ candidates }: Doubtful): string | undefined => {
  const [first, second] = [...candidates].sort((a, b) => b.score - a.score)
  if (first === undefined || first.score === second?.score) return undefined
  return first.studentId
}

/** Rows whose clear best candidate reaches the score: what 一并确认 would choose. */
export const bulkChoices = (matches: readonly Doubtful[], atLeast: number): Choices => {
  const chosen = new Map<number, string | null>()
  for (const match of matches) {
    const best = clearBest(match)
    const score = match.candidates.find((candidate) => candidate.studentId === best)?.score ?? 0
    if (best !== undefined && score >= atLeast) chosen.set(match.row, best)
  }
  return chosen
}

/**
 * Rows of a set of choices that point to one student from several rows. Such a set is not sent: one of them is wrong.
 */
export const sharedStudents = (choices: Choices): number[] => {
  const rows = new Map<string, number[]>()
  for (const [row, student] of choices) if (student !== null) rows.set(student, [...(rows.get(student) ?? []), row])
  return [...rows.values()].filter((group) => group.length > 1).flat()
}

/** The decisions in the shape the server takes, 500 at most in one sending. */
export const decisionsOf = (choices: Choices): { row: number; studentId: string | null }[] =>
  [...choices].slice(0, 500).map(([row, studentId]) => ({ row, studentId }))

import type { PostId } from '#contract/people'

// The longer word stands first: 副校长 is not 校长, 班主任 in a post column names no class and is read from its own column.
const meanings: readonly (readonly [RegExp, PostId])[] = [
  [/副(?:校|园)长|分管(?:领导|校长|副校长)|政教主任|德育主任|书记/, 'leader-in-charge'],
  [/资助/, 'school-aid-officer'],
  [/心理/, 'psychology-teacher'],
  [/就业|实习指导/, 'careers-teacher'],
  [/辅导员/, 'counsellor'],
  [/导师/, 'mentor'],
  [/(?:校|园)长|负责人/, 'principal'],
  [/教师|老师|教员|班主任|专任|保育员/, 'teacher'],
]

/** Posts that the words of a staff list mean; several may stand in one cell. */
export const postsOf = (words: string): PostId[] => {
  const found = new Set<PostId>()
  for (const word of words.split(/[、,,;;/\s]+/)) {
    const meaning = meanings.find(([pattern]) => pattern.test(word))
    if (meaning) found.add(meaning[1])
  }
  return [...found]
}

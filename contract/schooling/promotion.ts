import { z } from 'zod'
import { endpoint } from '#contract/platform'

const none = z.object({})

/** Last grade of each stage as grades are numbered within it; stages without one are promoted by their own offices. */
export const lastGradeOf: Readonly<Record<number, number>> = { 1: 3, 2: 6, 3: 9, 4: 12, 5: 3, 6: 5 }

export interface ClassOnPromotion {
  readonly stage: number
  readonly grade: number | null
  readonly kind: string
}

// Offices number junior and senior grades both ways: 7–9 and 1–3, 10–12 and 1–3.
const lengthOf: Readonly<Record<number, number>> = { 3: 3, 4: 3 }

/** What becomes of a class when the school year ends: the next grade, or its students graduate; undefined when its grade is unknown. */
export const afterYear = ({ stage, grade }: ClassOnPromotion): { readonly grade: number } | 'graduates' | undefined => {
  const last = lastGradeOf[stage]
  if (grade === null || last === undefined) return undefined
  const length = lengthOf[stage]
  const top = length !== undefined && grade <= length ? length : last
  return grade >= top ? 'graduates' : { grade: grade + 1 }
}

export const promote = endpoint({
  name: 'schooling.promote',
  method: 'POST',
  path: '/api/schools/:schoolId/promotions',
  summary: '新学年升级:各班升一级,毕业年级毕业(可先看结果)',
  cites: ['T2'],
  params: z.object({ schoolId: z.uuid() }),
  query: none,
  body: z.object({
    /** The school year that begins, by its first calendar year. */
    schoolYear: z.number().int().min(2000).max(2199),
    /** True: nothing is written. */
    preview: z.boolean(),
  }),
  answer: z.object({
    done: z.boolean(),
    classes: z.array(
      z.object({
        classId: z.uuid(),
        name: z.string(),
        from: z.number().int().nullable(),
        /** Null where its students graduate or the grade is unknown. */
        to: z.number().int().nullable(),
        graduates: z.boolean(),
        students: z.number().int(),
      }),
    ),
  }),
})

import { expect, test } from 'vitest'
import { isOfficePost } from './appointing.ts'

test('an office post is one that no school has: its holder looks over several schools', () => {
  expect(['county-aid-officer', 'county-leader', 'auditor'].filter(isOfficePost)).toHaveLength(3)
  // A mentor may sit at an office and in a school, an administrator in both.
  const inSchools = ['class-teacher', 'principal', 'school-aid-officer', 'mentor', 'administrator', 'no such post']
  expect(inSchools.filter(isOfficePost)).toEqual([])
})

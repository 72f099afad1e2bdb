import { join } from 'node:path'
import { type BenchGround, openBenchGround } from './bench-data.ts'

const perSchool = 2_000
const usualCounty = 25

/** One county of `students`, as large as they come, and beside it a usual one of 25 schools. */
export const openBigCounty = (students: number, say: (line: string) => void): Promise<BenchGround> =>
  openBenchGround(
    students + usualCounty * perSchool,
    say,
    { perSchool, schoolsPerCounty: Math.ceil(students / perSchool), visits: Math.ceil(students / 5) },
    process.env.BENCH_COUNTY_DIR ?? join(import.meta.dirname, `../../.cache/bench-county-${students}`),
  )

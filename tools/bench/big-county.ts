import { join } from 'node:path'
import { type BenchGround, openBenchGround } from './bench-data.ts'

const perSchool = 2_000

/** One county with all its students: what a county's pages cost when it is as large as they come. */
export const openBigCounty = (students: number, say: (line: string) => void): Promise<BenchGround> =>
  openBenchGround(
    students,
    say,
    { perSchool, schoolsPerCounty: Math.ceil(students / perSchool), visits: Math.ceil(students / 5) },
    process.env.BENCH_COUNTY_DIR ?? join(import.meta.dirname, `../../.cache/bench-county-${students}`),
  )

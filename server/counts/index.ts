export { followPairings, type PairedStudents } from './follow-pairings.ts'
export { followProgress } from './move-sums.ts'
export { countEverything } from './nightly.ts'
export { served } from './served.ts'

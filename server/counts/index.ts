export { followPairings, type PairedStudents } from './follow-pairings.ts'
export { followProgress } from './move-sums.ts'
export { openFigures } from './open-figures.ts'
export { recountSums } from './recount-sums.ts'

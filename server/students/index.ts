export { beginHistory } from './begin-history.ts'
export type { ClassesAt } from './list-class-rules.ts'
export { served } from './served.ts'

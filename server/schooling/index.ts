export { served } from './served.ts'
export { standingProcedure } from './standing.ts'
export { transferProcedure } from './transfer.ts'

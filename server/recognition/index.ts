export type { Deciding } from './deciding.ts'
export { expireRecognitions } from './expire-recognitions.ts'
export { served } from './served.ts'

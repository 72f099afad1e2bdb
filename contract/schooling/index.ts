export * from './promotion.ts'
export * from './status.ts'
export * from './transfer-flow.ts'

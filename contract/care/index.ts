export * from './emergency-endpoints.ts'
export * from './emergency-flow.ts'
export * from './listing-flow.ts'

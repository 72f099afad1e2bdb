export * from './bounds.ts'
export * from './endpoints.ts'
export * from './letter-flows.ts'
export * from './mandatory-report-flow.ts'

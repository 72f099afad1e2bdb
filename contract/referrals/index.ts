export * from './endpoints.ts'
export * from './flow.ts'

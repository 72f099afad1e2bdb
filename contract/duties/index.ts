export * from './endpoints.ts'
export * from './period.ts'

export * from './endpoints.ts'
export * from './flows.ts'

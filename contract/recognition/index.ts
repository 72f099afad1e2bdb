export * from './flows.ts'
export * from './endpoints.ts'

export * from './bounds.ts'
export * from './endpoints.ts'
export * from './flows.ts'

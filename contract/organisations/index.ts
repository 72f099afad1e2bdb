export * from './unit-kinds.ts'
export * from './endpoints.ts'

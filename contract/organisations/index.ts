export * from './endpoints.ts'
export * from './paths.ts'
export * from './unit-kinds.ts'

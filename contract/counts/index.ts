export * from './endpoints.ts'
export * from './freeze-endpoints.ts'
export * from './percentage.ts'

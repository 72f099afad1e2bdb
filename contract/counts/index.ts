export * from './endpoints.ts'
export * from './percentage.ts'

export * from './bars.ts'
export * from './endpoints.ts'
export * from './facts.ts'

export * from './endpoints.ts'
export * from './facts.ts'

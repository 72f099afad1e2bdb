export * from './facts.ts'
export * from './endpoints.ts'

export * from './listing-flow.ts'

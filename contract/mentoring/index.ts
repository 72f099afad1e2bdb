export * from './endpoints.ts'
export * from './pairing-rules.ts'

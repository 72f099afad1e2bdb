export * from './endpoints.ts'
export * from './why-not.ts'

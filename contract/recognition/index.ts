export * from './endpoints.ts'
export * from './flow-as-ruled.ts'
export * from './flows.ts'
export * from './span.ts'

export * from './endpoints.ts'
export * from './kinds.ts'
export * from './quiet-hours.ts'
export * from './render.ts'

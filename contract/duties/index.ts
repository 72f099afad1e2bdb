export * from './duty-state.ts'
export * from './endpoints.ts'
export * from './period.ts'
export * from './usual-terms.ts'

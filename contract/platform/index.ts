export * from './refusal.ts'
export * from './endpoint.ts'
export * from './plain-date.ts'
export * from './words.ts'

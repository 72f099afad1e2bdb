export * from './endpoints.ts'
export * from './permissions.ts'
export * from './places.ts'
export * from './posts.ts'

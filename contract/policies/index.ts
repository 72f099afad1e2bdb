export * from './condition.ts'
export * from './posts.ts'
export * from './rule.ts'
export * from './rules-in-force.ts'

export * from './classification-sql.ts'
export * from './condition-sql.ts'

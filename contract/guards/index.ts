export * from './suppress.ts'
export * from './why-not-leave.ts'

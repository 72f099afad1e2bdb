export { checkOutsideServer } from './check-outside-server.ts'
export type { EmbeddedDatabase, EmbeddedWishes } from './start-embedded-database.ts'
export { startEmbeddedDatabase } from './start-embedded-database.ts'
export type { ServerEnd } from './supervise-server.ts'

import { defineConfig } from 'vitest/config'

// Offices are in one time zone; the tests also pass under TZ=UTC.
process.env.TZ ??= 'Asia/Shanghai'

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['{contract,database,server,web,tools,journeys}/**/*.test.{ts,tsx}'],
    globalSetup: ['tools/test-folder.ts', 'server/platform/database/test-cluster.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
  },
})

import { defineConfig } from 'vitest/config'

// Offices are in one time zone; the tests also pass under TZ=UTC.
process.env.TZ ??= 'Asia/Shanghai'

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['{contract,database,server,web,tools,journeys}/**/*.test.{ts,tsx}'],
    globalSetup: ['tools/test-folder.ts', 'server/platform/database/test-cluster.ts'],
    // Far above what anything takes: a machine that is busy with other work must not turn a test red. A test waits for
    // what it waits for, never for a time, and gives no limit of its own.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    expect: { poll: { timeout: 180_000 } },
    pool: 'forks',
    maxWorkers: 2,
  },
})

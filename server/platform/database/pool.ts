import pg from 'pg'

// Days stay plain dates and instants stay text: the driver's own Date objects move a day in Shanghai.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => text)
pg.types.setTypeParser(pg.types.builtins.TIMESTAMP, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error('integer too large')
  return value
})

/** Opens a pool whose connections send statements without waiting for the answers before. */
export const openPool = (connectionString: string, max: number, onError: (error: Error) => void): pg.Pool => {
  const pool = new pg.Pool({
    connectionString,
    max,
    pipeline: true,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
  } as pg.PoolConfig)
  pool.on('error', onError)
  // A borrowed connection that breaks tells so itself, besides failing its statement; unheard, it would end the program.
  pool.on('connect', (client) => client.on('error', onError))
  return pool
}

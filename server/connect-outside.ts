import pg from 'pg'
import { type StartFault, startFault } from './platform/data-folder/start-fault.ts'

const example = 'postgres://用户:密码@主机:端口/库名'

/** Host and port of an address, without its password. */
const placeOf = (address: string): string => {
  if (!/^postgres(ql)?:\/\//.test(address) || !URL.canParse(address))
    throw startFault('database.address', `DATABASE_URL 不是数据库的地址,应写成 ${example};密码里的特殊字符要转义。`)
  const { hostname, port } = new URL(address)
  return `${hostname}:${port || 5432}`
}

const unreachable = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ECONNRESET',
])

const faultOf = (error: unknown, place: string): StartFault | undefined => {
  const { code, message } = error as { code?: string; message?: string }
  if (unreachable.has(code ?? '') || message === 'timeout expired')
    return startFault(
      'database.unreachable',
      `连不上外部数据库 ${place},请检查 DATABASE_URL 和数据库是否已启动。`,
      error,
    )
  if (code === '28P01' || code === '28000')
    return startFault('database.refused', `外部数据库 ${place} 不接受 DATABASE_URL 里的用户或密码。`, error)
  if (code === '3D000')
    return startFault('database.refused', `外部数据库 ${place} 上没有 DATABASE_URL 里写的库,请先建立它。`, error)
  return undefined
}

/** Connects to the outside database at `DATABASE_URL`. Refuses `database.address`, `unreachable`, `refused`. */
export const connectOutside = async (address: string): Promise<pg.Client> => {
  const place = placeOf(address)
  const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    return client
  } catch (error) {
    throw faultOf(error, place) ?? error
  }
}

import type { ClientBase } from 'pg'
import { startFault } from '../../data-folder/start-fault.ts'

type Facts = { version: number; encoding: string; letters: boolean }

const remedy = "create database … template template0 encoding 'UTF8' locale 'C.UTF-8'"

/**
 * Checks the database we are about to use, ours or an outside one: PostgreSQL 15 or later, UTF-8, and Chinese
 * characters count as letters (in other locales searching by pieces of names silently finds nothing).
 */
export async function checkOutsideServer(client: ClientBase): Promise<void> {
  const found = await client.query<Facts>(
    `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
            '张三丰' ~ '^[[:alpha:]]+$' as letters`,
  )
  const facts = found.rows[0]
  if (facts === undefined) throw new Error('the server answered nothing about itself')
  if (facts.version < 150_000) {
    const version = Math.floor(facts.version / 10_000)
    throw startFault('database.too-old', `数据库是 PostgreSQL ${version}，需要 15 或更高版本。`)
  }
  if (facts.encoding !== 'UTF8') {
    throw startFault('database.encoding', `数据库的编码是 ${facts.encoding}，需要 UTF8；请重建一个库：${remedy}。`)
  }
  const trigrams = await client.query<{ there: boolean }>(
    `select exists (select from pg_proc where proname = 'show_trgm' and pg_function_is_visible(oid)) as there`,
  )
  const counted = trigrams.rows[0]?.there ? await countTrigrams(client) : undefined
  if (facts.letters && counted !== 0) return
  throw startFault('database.ctype', `数据库的字符分类不认识汉字，按姓名查找会失效；请重建一个库：${remedy}。`)
}

async function countTrigrams(client: ClientBase): Promise<number> {
  const answer = await client.query<{ many: number }>(`select cardinality(show_trgm('张三丰')) as many`)
  return answer.rows[0]?.many ?? 0
}

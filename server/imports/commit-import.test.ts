import { createReadStream, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#server/platform'
import { commitImport } from './commit-import.ts'
import { getImport } from './get-import.ts'
import { previewImport } from './preview-import.ts'
import { requestCommit } from './request-commit.ts'
import { requestPreview } from './request-preview.ts'
import { importTasks } from './tasks.ts'
import { fixtures } from './test-county.ts'
import {
  bytesOf,
  closeDesk,
  county,
  csv,
  head,
  importing,
  kept,
  officer,
  openDesk,
  preview,
  putBack,
  refusalOf,
  students,
  takeWaiting,
  upload,
  work,
} from './test-desk.ts'
import { uploadImport } from './upload-import.ts'

beforeAll(openDesk, 120_000)
afterAll(() => closeDesk())

describe('one set', () => {
  test('[X7] an upload cut off half way leaves nothing behind', async () => {
    const actor = await officer.actor()
    const whole = bytesOf('02-民政局低保对象名单.xlsx')
    const before = await county.rows('select id from imports')
    const broken = Readable.from(
      (async function* () {
        yield whole.subarray(0, 8_000)
        throw new Error('connection lost')
      })(),
    )
    await expect(upload(actor, broken, '02.xlsx')).rejects.toThrow('connection lost')
    const gone = Readable.from(
      (async function* () {
        yield whole.subarray(0, 8_000)
        throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' })
      })(),
    )
    const leaving = upload(actor, gone, '02.xlsx')
    expect((await refusalOf(leaving)).code).toBe('imports.cut-off')
    expect(await county.rows('select id from imports')).toHaveLength(before.length)
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`tongxing-upload-${process.pid}-`))).toEqual([])
  })

  test('[X7] the same file under the same id is stored once; another file under it is refused', async () => {
    const actor = await officer.actor()
    const importId: string = uuidv7()
    const send = (file: string) =>
      uploadImport(importing, actor, {
        unitId: county.unit.id,
        importId,
        fileName: file,
        upload: createReadStream(join(fixtures, file)),
      })
    await send('05-孤儿和事实无人抚养儿童.xlsx')
    await send('05-孤儿和事实无人抚养儿童.xlsx')
    expect((await kept(importId)).imports).toBe(1)
    expect((await refusalOf(send('03-残联持证残疾人名单.xlsx'))).code).toBe('imports.id-taken')
    takeWaiting()
  })

  test('[X7] two people importing the same roster at once end with one set', async () => {
    const other = await county.world.someone('county-aid-officer', county.unit, '第二位')
    const actors = [await officer.actor(), await other.actor()]
    const ids: string[] = []
    for (const actor of actors) {
      const importId = await upload(actor, bytesOf('01-学生基本信息表.xlsx'), '01.xlsx')
      await work()
      await preview(actor, importId)
      await requestCommit(importing, actor, importId)
      ids.push(importId)
    }
    takeWaiting()
    await Promise.all(ids.map((id) => commitImport(importing, id)))
    expect(await students()).toBe(2274)
    for (const [index, id] of ids.entries())
      expect((await getImport(importing, actors[index] as Actor, id)).state).toBe('committed')
    const [schools] = await county.rows<{ many: number }>(
      `select count(*)::int as many from units where path ^@ $1 and school_id = id`,
      [county.unit.path],
    )
    expect(schools?.many).toBe(10)
  })

  test('[X7] when the database moved since the preview so that the answer differs, nothing is written', async () => {
    const actor = await officer.actor()
    const line = (name: string) =>
      csv(head, `临湖县第一小学,一年级,2025级1班,2025019999,${name},男,2018-03-04,,甲父,13900000011`)
    const first = await upload(actor, line('甲一'), '学生名册.csv')
    await work()
    await preview(actor, first)
    await requestCommit(importing, actor, first)
    const second = await upload(actor, line('甲二'), '学生名册.csv')
    putBack(takeWaiting().filter(({ task }) => task === 'read-import'))
    await work()
    await preview(actor, second)
    await requestCommit(importing, actor, second)
    takeWaiting()
    await commitImport(importing, first)
    const tasks = importTasks(importing)
    await tasks['commit-import']?.({ importId: second }, { number: 1, last: true })
    const view = await getImport(importing, actor, second)
    expect(view.state).toBe('mapped')
    expect(view.refusal?.code).toBe('imports.moved-on')
    const named = await county.rows<{ name: string }>(`select name from students where number = '2025019999'`)
    expect(named.map(({ name }) => name)).toEqual(['甲一'])
  })

  test('[X7] a job cut off by the end of the program is taken up again and ends with one set', async () => {
    const actor = await officer.actor()
    const importId = await upload(actor, bytesOf('06-教职工信息表.xlsx'), '06.xlsx')
    await work()
    const { statement, mapping } = await getImport(importing, actor, importId)
    if (!statement) throw new Error('not read')
    await requestPreview(importing, actor, importId, { statement, mapping })
    takeWaiting()
    const cut = previewImport(importing, importId)
    const killed = (async () => {
      for (let tries = 0; tries < 400; tries++) {
        const gone = await county.rows(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'worker' and query ilike 'copy s%'`,
        )
        if (gone.length > 0) return
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
    })()
    await cut.catch(() => undefined)
    await killed
    await previewImport(importing, importId)
    await previewImport(importing, importId)
    expect((await kept(importId)).import_rows).toBe(199)
    await requestCommit(importing, actor, importId)
    await work()
    await commitImport(importing, importId)
    const [people] = await county.rows<{ many: number }>(
      `select count(*)::int as many from people where scope ^@ $1 and employee_number is not null`,
      [county.unit.path],
    )
    expect(people?.many).toBe(199)
  })
})

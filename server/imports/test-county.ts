import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { openWorld } from '../test-world.ts'
import type { Importing } from './importing.ts'
import { type RunWishes, runImport } from './run-import.ts'

export const fixtures = join(import.meta.dirname, '../../tools/fixtures/linhu-county')

/** The ten workbooks in the order in which an office hands them over. */
export const workbooks = [
  '01-学生基本信息表.xlsx',
  '06-教职工信息表.xlsx',
  '02-民政局低保对象名单.xlsx',
  '03-残联持证残疾人名单.xlsx',
  '04-乡村振兴监测对象名单.xlsx',
  '05-孤儿和事实无人抚养儿童.xlsx',
  '07-心理普测结果.xlsx',
  '08-期中成绩.xlsx',
  '09-未按时报到名单.xlsx',
  '10-2024-2025学年家访汇总.xlsx',
] as const

/** A county that has adopted its packs and has no school yet. */
export const openCounty = async () => {
  const world = await openWorld('2025-11-20')
  const { owner } = world
  const countyId: string = randomUUID()
  const path = 'a.t.n.'
  await owner.query(
    `insert into units (id, parent_id, path, kind, name, region_code) values ($1, $2, $3, 'county', '新湖县', '329901')`,
    [countyId, world.units.city.id, path],
  )
  const importing: Importing = { services: world.program.services, registry: world.program.registry }
  return {
    world,
    importing,
    unit: { id: countyId, path, name: '新湖县' },
    bring: (file: string, more: Partial<RunWishes> = {}) =>
      runImport(importing, {
        unitId: countyId,
        path: join(fixtures, file),
        by: { id: '00000000-0000-7000-8000-000000000001', name: '命令行' },
        sender: { posts: null },
        ...more,
      }),
    rows: async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
      (await owner.query<T>(text, values)).rows,
    close: world.close,
  }
}

export type TestCounty = Awaited<ReturnType<typeof openCounty>>

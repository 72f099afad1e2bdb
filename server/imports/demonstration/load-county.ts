import { join } from 'node:path'
import { createDemoAccounts } from '#server/people'
import { type Served, type Services, sql } from '#server/platform'
import { seesOf } from '#server/policies'
import { createCounty } from '../create-county.ts'
import type { Importing } from '../importing.ts'
import { openUsualTerms } from '../open-terms.ts'
import { runImport } from '../run-import.ts'
import { liveInCounty } from './live-in-county.ts'
import { waitInCounty } from './wait-in-county.ts'

/** Where the ten workbooks of the demonstration lie. */
export const demonstrationFolder = join(import.meta.dirname, '../../../tools/fixtures/linhu-county')

/** The workbooks in the order an office would hand them over, with the day each speaks of where it does not say. */
const handedOver: readonly (readonly [string, string])[] = [
  ['01-学生基本信息表.xlsx', '2025-09-05'],
  ['06-教职工信息表.xlsx', '2025-09-05'],
  ['02-民政局低保对象名单.xlsx', '2025-08-31'],
  ['03-残联持证残疾人名单.xlsx', '2025-09-01'],
  ['04-乡村振兴监测对象名单.xlsx', '2025-09-01'],
  ['05-孤儿和事实无人抚养儿童.xlsx', '2025-09-01'],
  ['09-未按时报到名单.xlsx', '2025-09-10'],
  ['07-心理普测结果.xlsx', '2025-10-20'],
  ['08-期中成绩.xlsx', '2025-11-15'],
  ['10-2024-2025学年家访汇总.xlsx', '2025-07-10'],
]

// The workbooks do not say which schools stand in town; the coverage is split by it.
const places: readonly (readonly [RegExp, 1 | 2 | 3])[] = [
  [/教学点|青墩/, 3],
  [/石桥|柳堡/, 2],
  [/./, 1],
]

const clerk = { id: '00000000-0000-7000-8000-000000000001', name: '数据中心' }

const openCounty = ({ services, registry }: Importing): Promise<{ id: string; path: string }> => {
  const adopted = (...issuers: string[]) =>
    issuers.flatMap((issuer) => {
      const pack = registry.packs.find((one) => one.issuer === issuer)
      return pack ? [{ issuer, version: pack.version }] : []
    })
  return services.door.asJob('importer', async (db) => {
    const county = await createCounty(
      db,
      [
        { kind: 'province', name: '江苏省', regionCode: '320000', packs: adopted('national', 'jiangsu') },
        { kind: 'city', name: '泰州市', regionCode: '321200', packs: adopted('taizhou') },
        { kind: 'county', name: '临湖县', regionCode: '329901', packs: [] },
      ],
      '2023-09-01',
    )
    await openUsualTerms(db, county.id, 2023, 2027)
    return county
  })
}

const placeSchools = ({ door }: Services, path: string): Promise<void> =>
  door.asJob('importer', async (db) => {
    const schools = await db.rows<{ id: string; name: string }>(
      sql`select id, name from units where school_id = id and path ^@ ${path}`,
    )
    const placed = schools.map(({ id, name }) => ({ id, urban: places.find(([pattern]) => pattern.test(name))?.[1] }))
    await db.change(sql`update units u set urban = p.urban
      from jsonb_to_recordset(${JSON.stringify(placed)}::jsonb) as p(id uuid, urban smallint) where u.id = p.id`)
  })

/**
 * Loads the demonstration county into an empty database: the tree from province to county, the packs it lives under,
 * its ten workbooks through the same import as anybody's, and some weeks of life through the operations that serve
 * requests. Doubtful matches stay for the visitor to decide.
 */
export const loadDemonstrationCounty = async (
  importing: Importing,
  served: readonly Served[],
  say: (line: string) => void = () => {},
): Promise<void> => {
  const { services, registry } = importing
  const county = await openCounty(importing)
  await registry.refresh()
  for (const [file, asOf] of handedOver) {
    const path = join(demonstrationFolder, file)
    const { rows } = await runImport(importing, { unitId: county.id, path, by: clerk, sender: { posts: null }, asOf })
    say(`已导入《${file.replace(/\.xlsx$/, '')}》${rows} 行`)
    if (file.startsWith('01')) await placeSchools(services, county.path)
  }
  await liveInCounty(importing, served, county)
  await services.door.asJob('importer', (db) =>
    createDemoAccounts(db, county.id, seesOf(registry, services.today), services.today()),
  )
  await waitInCounty(importing, served)
}

import { test } from 'vitest'
import { openCounty } from './test-county.ts'

test('probe', async () => {
  const county = await openCounty()
  const ids = []
  for (const file of ['01-学生基本信息表.xlsx', '02-民政局低保对象名单.xlsx', '04-乡村振兴监测对象名单.xlsx'])
    ids.push((await county.bring(file)).importId)
  for (const q of [
    'select coalesce(dibao::text, $$null$$) d, poverty_monitor > 0 m, count(*) from facts_groups group by 1,2',
    'select dibao, poverty_monitor, count(*) from facts_groups where poverty_monitor > 0 group by 1,2 order by 1,2',
  ])
    console.log(JSON.stringify(await county.rows(q)))
  console.log(
    JSON.stringify(
      await county.rows(
        'select m.row, m.score, m.reasons, m.verdict, r.outcome from import_matches m join import_rows r using (import_id,row) where r.outcome = 6 or m.score < 100 limit 30',
      ),
    ),
  )
  await county.close()
}, 200_000)

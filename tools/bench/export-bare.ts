import { Writable } from 'node:stream'
import pg from 'pg'
import { type WrittenCell, writeWorkbook } from '../../server/platform/spreadsheets/index.ts'
import { memoryOf } from './processor.ts'

// The floor of an export, in a process of its own: one cursor, the same writer, nobody asked whether they may.
const { BARE_URL, CLASS, DUTY, PERIOD, LO, HI } = process.env
const client = new pg.Client({ connectionString: BARE_URL })
await client.connect()

async function* rows(): AsyncGenerator<WrittenCell[]> {
  await client.query('begin')
  await client.query({
    text: `declare missing cursor for
      select u.name as school, k.name as class, s.name, s.number, p.name as owner
      from class_spells c join students s on s.school_id = c.school_id and s.id = c.student_id
        join units k on k.id = s.class_id join units u on u.id = s.school_id
        left join appointments a on a.unit_id = s.class_id and a.post = 'class-teacher' left join people p on p.id = a.person_id
      where c.rule = ${Number(CLASS)} and c.until is null and c.scope >= '${LO}' and c.scope < '${HI}'
        and not exists (select from duty_progress d where d.school_id = c.school_id and d.student_id = c.student_id
          and d.rule = ${Number(DUTY)} and d.period = '${PERIOD}' and d.met)
      order by s.scope, s.name, s.id`,
  })
  let line = 0
  for (;;) {
    const { rows: some } = await client.query('fetch 2000 from missing')
    if (some.length === 0) break
    for (const row of some) yield [++line, row.school, row.class, row.name, row.number, row.owner]
  }
  await client.query('commit')
}

const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
const began = performance.now()
const before = process.cpuUsage()
const many = await writeWorkbook(nowhere, [
  {
    name: '未完成名单',
    columns: ['序号', '学校', '班级', '姓名', '学号', '负责人'].map((heading) => ({ heading })),
    rows: rows(),
  },
])
const { user, system } = process.cpuUsage(before)
const clock = (performance.now() - began) / 1000
await client.end()
process.send?.({ rows: many, clock, processor: (user + system) / 1e6, peak: memoryOf(process.pid, 'VmHWM') })

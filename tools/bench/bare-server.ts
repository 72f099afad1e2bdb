import Fastify from 'fastify'
import pg from 'pg'
import { uuidv7 } from 'uuidv7'

// The floor: a bare route with one named statement; no transaction, policy, validation or audit.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
const pool = new pg.Pool({ connectionString: process.env.BARE_URL, max: 20 })
const app = Fastify()

const list = `select s.id, s.name, s.number, f.hardship_level as level,
    (select max(v.act_date) from record_subjects v where v.school_id = s.school_id and v.student_id = s.id and v.kind = 1 and v.current) as "lastVisit"
  from students s left join facts_family f on f.school_id = s.school_id and f.student_id = s.id
  where s.scope = $1 order by s.name limit 50`

const domains = ['general', 'family', 'groups', 'health', 'psychology', 'protection', 'schooling']
const file = `select s.*, ${domains.map((domain) => `to_jsonb(f_${domain}) as ${domain}`).join(', ')},
    (select json_agg(c) from class_spells c where c.school_id = s.school_id and c.student_id = s.id and c.until is null) as classes,
    (select json_agg(r) from (select r.id, r.kind, r.act_date, r.author_name, r.mode, r.coded from record_subjects v
      join records r on r.school_id = v.school_id and r.id = v.record_id where v.school_id = s.school_id and v.student_id = s.id
      order by v.act_date desc limit 20) r) as records
  from students s ${domains.map((domain) => `left join facts_${domain} f_${domain} on f_${domain}.school_id = s.school_id and f_${domain}.student_id = s.id`).join(' ')}
  where s.school_id = $1 and s.id = $2`

const visit = `with record as (
    insert into records (school_id, id, kind, secrecy, scope, done_in, student_id, author_id, author_name, act_date, mode, coded, text_cipher, content_hash)
    values ($1, $2, 1, 2, $3, $3, $4, $5, '某老师', $6, 1, $7, $8, $9) returning school_id, id)
  insert into record_subjects (school_id, student_id, record_id, scope, kind, secrecy, mode, act_date, author_id)
  select school_id, $4, id, $3, 1, 2, 1, $6, $5 from record`

app.get<{ Querystring: { scope: string } }>(
  '/list',
  async (request) => (await pool.query({ name: 'list', text: list, values: [request.query.scope] })).rows,
)

app.get<{ Params: { school: string; student: string } }>('/file/:school/:student', async (request) => {
  const { rows } = await pool.query({
    name: 'file',
    text: file,
    values: [request.params.school, request.params.student],
  })
  return rows[0]
})

app.post<{ Body: { school: string; student: string; scope: string; author: string; date: string; text: string } }>(
  '/record',
  async (request) => {
    const { school, student, scope, author, date, text } = request.body
    const id = uuidv7()
    await pool.query({
      name: 'visit',
      text: visit,
      values: [school, id, scope, student, author, date, '{"economy":1}', Buffer.from(text), Buffer.alloc(32)],
    })
    return { id }
  },
)

const address = await app.listen({ port: 0, host: '127.0.0.1' })
process.send?.({ address })

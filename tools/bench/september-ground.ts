import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type pg from 'pg'
import pino from 'pino'
import { addDays, schoolYearOf } from '#contract/platform'
import { followContacts, rewriteActorSettings } from '#server/people'
import { secretsFrom } from '#server/platform'
import { seesOf } from '#server/policies'
import { compose } from '../../server/compose.ts'
import { type BenchGround, openBenchGround } from './bench-data.ts'

/** A family about to apply: the guardian signed in, the child, the class with its teacher signed in. */
export interface Family {
  readonly schoolId: string
  readonly studentId: string
  readonly name: string
  readonly cookie: string
  readonly unitId: string
  readonly teacherId: string
  readonly teacherCookie: string
  /** Kindergartens have no panel. */
  readonly judged: boolean
}

export const septemberSchools = 200
const perSchool = 180
const students = septemberSchools * perSchool

interface Row extends Omit<Family, 'cookie' | 'teacherCookie'> {
  readonly personId: string
}

// School by school in turn, and within a school class by class: as many at every school in the same minute.
const pick = async (owner: pg.Client, many: number): Promise<Row[]> =>
  (
    await owner.query<Row>(
      `select s.school_id as "schoolId", s.id as "studentId", s.name, k.id as "unitId", a.person_id as "teacherId",
        u.kind <> 'kindergarten' as judged, md5('family' || s.id)::uuid as "personId"
      from (select *, row_number() over (partition by school_id order by scope, id) as turn from students) s
        join units u on u.id = s.school_id join units k on k.id = s.class_id
        join appointments a on a.unit_id = k.id and a.post = 'class-teacher'
      order by s.turn, s.school_id limit $1`,
      [many],
    )
  ).rows

const inviteFamilies = async (owner: pg.Client, rows: readonly Row[]): Promise<void> => {
  const data = JSON.stringify(rows)
  const people = `jsonb_to_recordset($1::jsonb) as f ("personId" uuid, "studentId" uuid, "schoolId" uuid, name text)
    join students s on s.school_id = f."schoolId" and s.id = f."studentId"`
  for (const text of [
    `insert into student_contacts (school_id, student_id, id, scope, name, name_key, relation, is_guardian)
      select s.school_id, s.id, f."personId", s.scope, f.name || '的母亲', f.name || '的母亲', '母亲', true from ${people} on conflict do nothing`,
    `insert into family_members (id, kind, name, name_key, scope)
      select f."personId", 'guardian', f.name || '的母亲', f.name || '的母亲', s.scope from ${people} on conflict do nothing`,
    `insert into accounts (id, person_id, login_name, password_hash)
      select f."personId", f."personId", 'f' || f."personId", 'none' from ${people} on conflict do nothing`,
    `insert into family_links (school_id, student_id, person_id, scope, contact_id, invited_by)
      select s.school_id, s.id, f."personId", s.scope, f."personId", f."personId" from ${people} on conflict do nothing`,
  ])
    await owner.query(text, [data])
}

const openSessions = async (owner: pg.Client, people: readonly string[]): Promise<Map<string, string>> => {
  const tokens = new Map(people.map((id) => [id, randomBytes(32).toString('base64url')]))
  const rows = [...tokens].map(([id, token]) => ({ id, hash: createHash('sha256').update(token).digest('hex') }))
  await owner.query(
    `insert into sessions (token_hash, person_id, expires_at) select decode(hash, 'hex'), id, now() + interval '1 day'
     from jsonb_to_recordset($1::jsonb) as s (id uuid, hash text)`,
    [JSON.stringify(rows)],
  )
  return new Map([...tokens].map(([id, token]) => [id, `tongxing_session=${token}`]))
}

const openRound = (owner: pg.Client, today: string) =>
  owner.query(
    `insert into recognition_rounds (id, unit_id, unit_path, school_year, term, notice_on, opens_on, closes_on, notice, opened_by, opened_by_name)
     select gen_random_uuid(), id, path, $1, 1, $2, $2, $3, '本学年申请现在开始', id, '省' from units where kind = 'province' on conflict do nothing`,
    [schoolYearOf(today), addDays(today, -5), addDays(today, 30)],
  )

// What an earlier run left behind.
const sweep = (owner: pg.Client) =>
  owner.query(`truncate flow_cases, flow_steps, flow_tasks, flow_files, flow_panels, flow_panel_members, flow_panel_cases,
    flow_panel_asides, flow_votes, flow_panel_minutes, message_outbox, recognition_rounds, sessions`)

/**
 * Opens a world of 200 schools (filling it the first time) in which `many` families may apply today, signed in, with their
 * class teachers.
 */
export const openSeptember = async (
  many: number,
  say: (line: string) => void,
): Promise<{ readonly bench: BenchGround; readonly families: readonly Family[] }> => {
  if (many > students) throw new Error(`only ${students} students`)
  const folder = process.env.SEPTEMBER_DIR ?? join(import.meta.dirname, '../../.cache/bench-september')
  const layout = { perSchool, schoolsPerCounty: 25, visits: students }
  const bench = await openBenchGround(students, say, layout, folder)
  const { ground, owner } = bench
  await sweep(owner)
  const program = await compose({
    ...ground.urls,
    secrets: secretsFrom(ground.folder.keys.encryptionKey, ground.folder.keys.blindIndexKey),
    filesFolder: ground.filesFolder,
    log: pino({ level: 'error' }),
    demo: false,
    version: 'bench',
    secure: false,
  })
  try {
    const { door, today } = program.services
    await openRound(owner, today())
    const rows = await pick(owner, many)
    const teachers = [...new Set(rows.map(({ teacherId }) => teacherId))]
    await inviteFamilies(owner, rows)
    const children = rows.map(({ studentId }) => studentId)
    for (let at = 0; at < children.length; at += 2_000)
      await door.asJob('importer', (db) => followContacts(db, children.slice(at, at + 2_000), today()))
    await door.asJob('importer', (db) => rewriteActorSettings(db, teachers, seesOf(program.registry, today), today()))
    const cookies = await openSessions(owner, [...teachers, ...rows.map(({ personId }) => personId)])
    await owner.query('vacuum analyze')
    const families = rows.map((row) => ({
      ...row,
      cookie: cookies.get(row.personId) ?? '',
      teacherCookie: cookies.get(row.teacherId) ?? '',
    }))
    return { bench, families }
  } finally {
    await program.close()
  }
}

import type { PoolClient } from 'pg'
import { kindOf, type ListPerson, matchPerson } from '#contract/imports'
import { rangeOf } from '#contract/organisations'
import { facts } from '#contract/students'
import { copyLine, type Db, openCopy, sql } from '#server/platform'
import type { ImportRow, Statement } from '../importing.ts'
import { applyKeptDecisions } from './kept-decisions.ts'
import { placeInClass } from './place-in-class.ts'
import { visitId } from './write-visits.ts'

const batch = 2_000

interface CandidateRow {
  readonly row: number
  readonly name: string
  readonly id_digest: string | null
  readonly number: string | null
  readonly birth_date: string | null
  readonly sex: 1 | 2 | null
  readonly elders: readonly string[] | null
  readonly town: string | null
  readonly school_name: string | null
  readonly class_label: string | null
  readonly candidates: readonly StudentRow[]
}

interface StudentRow {
  readonly school_id: string
  readonly student_id: string
  readonly scope: string
  readonly name: string
  readonly id_digest: string | null
  readonly number: string | null
  readonly birth_date: string | null
  readonly sex: 1 | 2 | null
  readonly town: string | null
  readonly school_name: string
  readonly class_name: string
  readonly guardians: readonly string[]
}

const orNothing = <T>(value: T | null): T | undefined => value ?? undefined

// Numbers are compared by digest: equal digests, equal numbers. Birth dates stand beside them, so nothing is read out of one.
const personOf = (row: CandidateRow): ListPerson => ({
  name: row.name,
  idNumber: orNothing(row.id_digest),
  studentNumber: orNothing(row.number),
  birthDate: row.birth_date ?? (row.id_digest ? '' : undefined),
  sex: orNothing(row.sex),
  elders: row.elders ?? [],
  township: orNothing(row.town),
  schoolName: orNothing(row.school_name),
  className: orNothing(row.class_label),
})

const candidateOf = (student: StudentRow) => ({
  student,
  name: student.name,
  idNumber: orNothing(student.id_digest),
  studentNumber: orNothing(student.number),
  birthDate: student.birth_date ?? (student.id_digest ? '' : undefined),
  sex: orNothing(student.sex),
  guardians: student.guardians,
  township: orNothing(student.town),
  schoolName: student.school_name,
  className: student.class_name,
})

// Who it may be: the same identity number, else the same school number, else the same name; enrolled in the unit's range.
const findCandidates = async (db: Db, path: string): Promise<void> => {
  const { lo, hi } = rangeOf(path)
  await db.change(sql`create temp table found (row integer, school_id uuid, student_id uuid) on commit drop`)
  await db.change(sql`insert into found select s.row, st.school_id, st.id
    from s join student_particulars i on i.identity_digest = s.id_digest join students st on st.school_id = i.school_id and st.id = i.student_id
    where s.outcome = 0 and st.status in (1, 2) and st.scope >= ${lo} and st.scope < ${hi}`)
  await db.change(sql`create index on found (row)`)
  await db.change(sql`insert into found select s.row, st.school_id, st.id
    from s join students st on st.number = s.number join units u on u.id = st.school_id
    where s.outcome = 0 and s.number is not null and st.status in (1, 2) and st.scope >= ${lo} and st.scope < ${hi}
      and (s.school_name is null or u.name = s.school_name)
      and not exists (select from found f where f.row = s.row)`)
  await db.change(sql`insert into found select s.row, st.school_id, st.id
    from s join students st on st.name_key = s.name_key
    where s.outcome = 0 and st.status in (1, 2) and st.scope >= ${lo} and st.scope < ${hi}
      and not exists (select from found f where f.row = s.row)`)
  await db.change(sql`analyze found`)
}

const readBatch = (db: Db, after: number): Promise<CandidateRow[]> =>
  db.rows<CandidateRow>(sql`select s.row, s.name, encode(s.id_digest, 'hex') as id_digest, s.number, s.birth_date, s.sex, s.elders,
      s.town, s.school_name, s.class_label, c.candidates
    from (select distinct row from found where row > ${after} order by row limit ${batch}) r join s using (row)
    cross join lateral (select jsonb_agg(jsonb_build_object('school_id', st.school_id, 'student_id', st.id, 'scope', st.scope,
        'name', st.name, 'number', st.number, 'birth_date', st.birth_date, 'sex', st.sex, 'town', coalesce(h.town, st.home_town),
        'id_digest', encode(h.identity_digest, 'hex'),
        'school_name', school.name, 'class_name', class.name,
        'guardians', (select coalesce(jsonb_agg(k.name), '[]') from student_contacts k where k.school_id = st.school_id
          and k.student_id = st.id and k.is_guardian and k.until_date is null))) as candidates
      from (select distinct school_id, student_id from found where found.row = s.row limit 20) f
        join students st on st.school_id = f.school_id and st.id = f.student_id
        join units school on school.id = st.school_id join units class on class.id = st.class_id
        left join student_particulars h on h.school_id = st.school_id and h.student_id = st.id) c
    order by s.row`)

const openMatches = sql`create temp table m (row integer, school_id uuid, student_id uuid, scope text collate "C", score smallint,
  reasons jsonb, verdict text, best boolean) on commit drop`

const linesOf = (row: CandidateRow): string => {
  const { verdict, matches } = matchPerson(personOf(row), row.candidates.map(candidateOf))
  let lines = ''
  let taken = false
  for (const { candidate, score, reasons, verdict: own } of matches) {
    const best: boolean = verdict === 'sure' && own === 'sure' && !taken
    if (verdict === 'sure' && !best) continue
    taken ||= best
    const { student } = candidate
    lines += copyLine([row.row, student.school_id, student.student_id, student.scope, score, reasons, own, best])
  }
  return lines
}

const matchAll = async (db: Db, client: PoolClient): Promise<void> => {
  await db.change(openMatches)
  let after = -1
  for (;;) {
    const rows = await readBatch(db, after)
    const last = rows.at(-1)
    if (!last) break
    after = last.row
    const copy = openCopy(client, 'copy m from stdin')
    await copy.write(rows.map(linesOf).join(''))
    await copy.end()
  }
  await db.change(sql`analyze m`)
}

/** A student two rows speak of surely is taken from the first; lists that tell of many events take every row. */
const dropRepeated = (db: Db): Promise<number> =>
  db.change(sql`update m set verdict = 'doubtful', best = false, reasons = reasons || '["名单里另有一行也是这名学生"]'::jsonb
    from (select row, student_id, row_number() over (partition by student_id order by score desc, row) as nth from m where best) d
    where d.row = m.row and d.student_id = m.student_id and d.nth > 1`)

/**
 * Judges the rows of a list about students: matched, doubtful or nobody of ours, with score and reasons; and what the
 * matched ones would change. Sure matches apply at commit, doubtful ones wait for a person. [X7]
 */
export const judgeList = async (db: Db, client: PoolClient, row: ImportRow, statement: Statement): Promise<void> => {
  const kind = kindOf(statement.kind)
  await findCandidates(db, row.scope)
  await matchAll(db, client)
  if (kind.perPerson === 'one') await dropRepeated(db)
  await applyKeptDecisions(db, row.scope, statement.kind)
  await db.change(sql`update s set outcome = case when m.best then 5 when m.row is not null then 6 else 7 end,
      school_id = case when m.best then m.school_id end, student_id = case when m.best then m.student_id end,
      scope = case when m.best then m.scope end
    from s as old left join (select distinct on (row) * from m order by row, best desc, score desc) m on m.row = old.row
    where old.row = s.row and s.outcome <> 4`)
  if (statement.kind === 'exam-results') await placeInClass(db)
  await keepMatches(db, row)
  await nameChanges(db, statement)
}

const keepMatches = async (db: Db, row: ImportRow): Promise<void> => {
  await db.change(sql`delete from import_matches where import_id = ${row.id}`)
  await db.change(sql`insert into import_matches (import_id, row, student_id, school_id, scope, secrecy, created_by, score, reasons, verdict)
    select distinct on (row, student_id) ${row.id}::uuid, row, student_id, school_id, scope, ${row.secrecy}::smallint, ${row.created_by}::uuid, score,
      array(select jsonb_array_elements_text(reasons)), verdict
    from m order by row, student_id, score desc`)
}

// A matched row changes something when a fact it brings differs from what holds; a visit when it is not in the ledger yet.
const nameChanges = async (db: Db, { kind }: Statement): Promise<void> => {
  if (kind === 'home-visits') {
    await db.change({
      text: `update s set changes = '["家访记录"]' where outcome = 5
        and not exists (select from records r where r.school_id = s.school_id and r.id = ${visitId})`,
    })
    return
  }
  for (const fact of kindOf(kind).facts) {
    const { label, domain } = facts[fact]
    await db.change({
      text: `update s set changes = coalesce(s.changes, '[]') || $1::jsonb
        from s as old left join facts_${domain} w on w.school_id = old.school_id and w.student_id = old.student_id
        where old.row = s.row and s.outcome = 5 and s.facts ? '${fact}' and w.${fact}::text is distinct from s.facts ->> '${fact}'`,
      values: [JSON.stringify([label])],
    })
  }
}

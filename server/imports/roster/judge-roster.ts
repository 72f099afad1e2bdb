import { type Db, sql } from '#server/platform'

const openKnown = `create temp table known (row integer primary key, by_identity uuid, by_number uuid, number_name text,
  number_digest bytea, by_name uuid) on commit drop`

// Joined as sets over the schools that have students: right after an import the server knows nothing of them and would walk
// through a school for each row.
const findNumbered = (source: string): string => `create temp table numbered on commit drop as
  select s.row, st.school_id, st.id, st.name_key
  from ${source} s join places p on p.number = s.place
    join students st on st.school_id = p.school_id and st.number = s.number
  where s.outcome <> 4 and p.peopled and st.school_id = any($1::uuid[])`

// The student a row means: by identity number, else by school number, within the school.
const findKnown = (source: string): string => `insert into known
  select distinct on (s.row) s.row, own.id, n.id, n.name_key, x.identity_digest
  from ${source} s join places p on p.number = s.place
  left join lateral (select st.id from student_particulars i join students st on st.school_id = i.school_id and st.id = i.student_id
    where i.identity_digest = s.id_digest and i.school_id = p.school_id limit 1) own on true
  left join numbered n on n.row = s.row
  left join student_particulars x on x.school_id = n.school_id and x.student_id = n.id
  where s.outcome <> 4 and p.peopled and coalesce(own.id, n.id) is not null order by s.row, n.id`

// Else by name and birth date. Who has the number of another person is not meant.
const findNamed = (source: string): string => `create temp table named on commit drop as
  select s.row, s.id_digest is not null as identified, st.school_id, st.id
  from ${source} s join places p on p.number = s.place
    join students st on st.school_id = p.school_id and st.name_key = s.name_key and st.birth_date = s.birth_date
  where s.outcome <> 4 and p.peopled and st.school_id = any($1::uuid[]) and (st.number is null or s.number is null)
    and not exists (select from known k where k.row = s.row)`

const knowNamed = `insert into known (row, by_name)
  select distinct on (n.row) n.row, n.id from named n
  where not n.identified or not exists (select from student_particulars x where x.school_id = n.school_id and x.student_id = n.id
    and x.identity_digest is not null)
  order by n.row, n.id`

const asSet = async (db: Db, text: string, schools: readonly string[]): Promise<void> => {
  await db.change(sql`set local enable_nestloop = off`)
  await db.change({ text, values: [schools] })
  await db.change(sql`set local enable_nestloop = on`)
}

// In a school without students nobody is looked for.
const know = async (db: Db, source: string): Promise<void> => {
  const peopled = await db.rows<{ id: string }>(sql`select distinct school_id as id from places where peopled`)
  if (peopled.length === 0) return
  const schools = peopled.map(({ id }) => id)
  await asSet(db, findNumbered(source), schools)
  await db.change(sql`create index on numbered (row)`)
  await db.change(sql`analyze numbered`)
  await db.change({ text: findKnown(source) })
  await asSet(db, findNamed(source), schools)
  await db.change({ text: knowNamed })
}

const openElsewhere = `create temp table elsewhere (row integer primary key) on commit drop`

const findElsewhere = (source: string): string => `insert into elsewhere
  select distinct s.row from ${source} s join places p on p.number = s.place
    join student_particulars i on i.identity_digest = s.id_digest and i.school_id <> p.school_id
    join students st on st.school_id = i.school_id and st.id = i.student_id and st.status in (1, 2)
  where s.outcome <> 4
    and not exists (select from known k where k.row = s.row and k.by_identity is not null)`

const problemOf = `case
  when e.row is not null then jsonb_build_object('column', '身份证件号', 'reason', '该生在另一所学校有在读学籍,请先办理转学')
  when k.by_identity is not null and k.by_number is not null and k.by_identity <> k.by_number
    then jsonb_build_object('column', '学号', 'reason', '学号与身份证号在册上是两名学生,请核对')
  when k.by_identity is null and k.by_number is not null and k.number_digest is not null and s.id_digest is not null
    and k.number_digest <> s.id_digest then jsonb_build_object('column', '学号', 'reason', '学号在册上属于另一名学生(身份证号不同),请核对')
  when k.by_identity is null and k.by_number is not null and k.number_name <> s.name_key
    then jsonb_build_object('column', '姓名', 'reason', '学号与在册学生相同而姓名不同,请核对是不是同一人')
  end`

const openJudged = `create temp table judged (row integer primary key, student_id uuid, outcome smallint, problem jsonb, changes jsonb)
  on commit drop`

const changedNames = `array_remove(array[
    case when st.name <> s.name then '姓名' end,
    case when st.number is distinct from coalesce(s.number, st.number) then '学号' end,
    case when st.national_number is distinct from coalesce(s.national_number, st.national_number) then '学籍号' end,
    case when st.sex is distinct from coalesce(s.sex, st.sex) then '性别' end,
    case when st.birth_date is distinct from coalesce(s.birth_date, st.birth_date) then '出生日期' end,
    case when st.class_id is distinct from p.class_id then '班级' end,
    case when st.home_town is distinct from coalesce(s.town, st.home_town) then '户籍乡镇' end,
    case when st.status <> 1 then '学籍状态' end], null)`

const isSame = 't.trace = s.trace and st.status = 1'

const nameChanges = (source: string): string => `update judged j
  set outcome = case when ${isSame} then 3 else 2 end,
    changes = case when ${isSame} then null when cardinality(${changedNames}) = 0 then '["联系人或其他情况"]' else to_jsonb(${changedNames}) end
  from ${source} s join places p on p.number = s.place
    join judged own on own.row = s.row join students st on st.school_id = p.school_id and st.id = own.student_id
    left join student_particulars t on t.school_id = p.school_id and t.student_id = own.student_id
  where j.row = s.row and j.problem is null`

/**
 * Judges the rows of a roster, wherever they lie (`source`), against the students there are, as a set. The settled places stand in this
 * transaction. Leaves in `judged` whom a row means and what is wrong with it; rows that are not there are new. A row that
 * says what it said last time changes nothing, even where a person has corrected the student since.
 */
export const judgeRoster = async (db: Db, source: string): Promise<void> => {
  await db.change({ text: openKnown })
  await db.change({ text: openElsewhere })
  await db.change({ text: openJudged })
  await know(db, source)
  await db.change({ text: findElsewhere(source) })
  const some = await db.first(sql`select 1 as one from known union all select 1 from elsewhere limit 1`)
  if (!some) return
  await db.change(sql`analyze known`)
  await db.change({
    text: `insert into judged (row, student_id, problem)
      select s.row, coalesce(k.by_identity, k.by_number, k.by_name), ${problemOf}
      from ${source} s left join known k on k.row = s.row left join elsewhere e on e.row = s.row
      where k.row is not null or e.row is not null`,
  })
  await db.change({
    text: `update judged j set problem = jsonb_build_object('column', '姓名', 'reason', '与前面一行指向在册的同一名学生')
      from (select row, row_number() over (partition by student_id order by row) as nth from judged
        where student_id is not null and problem is null) d where d.row = j.row and d.nth > 1`,
  })
  await db.change(sql`analyze judged`)
  await db.change({ text: nameChanges(source) })
}

const isRefused = 's.outcome = 4 or p.problem is not null or j.problem is not null'

/** The judged rows as columns beside those of the source: where each belongs and what it comes out as. */
export const rosterAsJudged = (source: string) =>
  ({
    from: `${source} s left join places p on p.number = s.place left join judged j on j.row = s.row`,
    outcome: `(case when ${isRefused} then 4 else coalesce(j.outcome, 1) end)::smallint`,
    student: `case when ${isRefused} then null else coalesce(j.student_id, s.fresh_id) end`,
    problem: `case when s.outcome = 4 then null when p.problem is not null then jsonb_build_object('column', '学校', 'reason', p.problem)
      else j.problem end`,
    changes: `case when ${isRefused} then null when j.student_id is null and p.news is not null then jsonb_build_array(p.news)
      else j.changes end`,
    stage: `coalesce(s.stage, p.stage, 2)`,
  }) as const

import type pg from 'pg'

export interface Wishes {
  readonly students: number
  readonly visits: number
  readonly perSchool: number
  /** 25 when not given. */
  readonly schoolsPerCounty?: number
  readonly seed: number
  /** A sealed text every visit carries. */
  readonly sealed: Buffer
  readonly say: (line: string) => void
}

export interface Filled {
  readonly schoolIds: readonly string[]
}

const surnames = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜谢邹苏潘葛范彭郎'
const letters = 'zqslzwzwfczwjshyzqyxhlszkcyhjwtjxzspgfpl'
const given = '一二三安宁思远子涵雨桐明轩梓欣然佳怡博文浩宇静雅俊杰晨曦可心若兰海波志强建国春梅秋实冬青'

// Ids look like UUIDv7 made one after another, so that indexes grow as they would in use.
const idOf = (kind: string, n: string): string =>
  `(lpad(to_hex(1735689600000 + ${n}), 12, '0') || '7' || substr(md5($1 || '${kind}' || ${n}), 1, 3) || '8' || substr(md5($1 || '${kind}' || ${n}), 4, 15))::uuid`
const pick = (n: string, salt: string, of: number): string => `(abs(hashtext($1 || '${salt}' || ${n})) % ${of})`

const usualSchoolsPerCounty = 25
const countiesPerCity = 8
const perClass = 45

/**
 * Fills an empty database with a made-up province of any size: same seed, same province. Everything is computed inside
 * the database as sets. Nobody in it exists.
 */
export const fillProvince = async (owner: pg.Client, wishes: Wishes): Promise<Filled> => {
  const seed = `s${wishes.seed}-`
  const schools = Math.ceil(wishes.students / wishes.perSchool)
  const schoolsPerCounty = wishes.schoolsPerCounty ?? usualSchoolsPerCounty
  const counties = Math.ceil(schools / schoolsPerCounty)
  const cities = Math.ceil(counties / countiesPerCity)
  const classes = Math.ceil(wishes.perSchool / perClass)
  const run = async (label: string, text: string, values: unknown[] = [seed]): Promise<void> => {
    const began = performance.now()
    const { rowCount } = await owner.query(text, values)
    wishes.say(`${label}:${rowCount ?? 0} 行,${((performance.now() - began) / 1000).toFixed(1)} 秒`)
  }
  await owner.query(`set statement_timeout = 0`)
  await owner.query(`set work_mem = '128MB'`)
  await run(
    '省',
    `insert into units (id, parent_id, path, kind, name, region_code) values (${idOf('province', '0')}, null, 'a.', 'province', '演示省', '990000')`,
  )
  await run(
    '市',
    `insert into units (id, parent_id, path, kind, name) select ${idOf('city', 'n')}, ${idOf('province', '0')}, 'a.c' || n || '.', 'city', '第' || n || '市' from generate_series(1, ${cities}) n`,
  )
  await run(
    '县',
    `insert into units (id, parent_id, path, kind, name)
    select ${idOf('county', 'n')}, ${idOf('city', `((n - 1) / ${countiesPerCity} + 1)`)}, 'a.c' || ((n - 1) / ${countiesPerCity} + 1) || '.k' || n || '.', 'county', '第' || n || '县' from generate_series(1, ${counties}) n`,
  )
  const countyOf = (n: string): string => `((${n} - 1) / ${schoolsPerCounty} + 1)`
  const countyPath = (n: string): string =>
    `'a.c' || ((${countyOf(n)} - 1) / ${countiesPerCity} + 1) || '.k' || ${countyOf(n)} || '.'`
  const schoolPath = (n: string): string => `${countyPath(n)} || 's' || ${n} || '.'`
  const stage = (n: string): string => `(array[2, 2, 3, 1, 4])[(${n} % 5) + 1]`
  await run(
    '学校',
    `insert into units (id, parent_id, path, kind, name, code, urban, stage, school_id)
    select ${idOf('school', 'n')}, ${idOf('county', countyOf('n'))}, ${schoolPath('n')}, (array['primary', 'primary', 'junior', 'kindergarten', 'senior'])[(n % 5) + 1],
      '第' || n || '学校', '21' || lpad(n::text, 8, '0'), n % 3 + 1, ${stage('n')}, ${idOf('school', 'n')} from generate_series(1, ${schools}) n`,
  )
  const classNumber = `((n - 1) * ${classes} + c)`
  await run(
    '班级',
    `insert into units (id, parent_id, path, kind, name, grade, school_id, sort)
    select ${idOf('class', classNumber)}, ${idOf('school', 'n')}, ${schoolPath('n')} || 'b' || c || '.', 'class', (2025 - c % 6) || '级' || (c / 6 + 1) || '班', c % 6 + 1, ${idOf('school', 'n')}, c
    from generate_series(1, ${schools}) n, generate_series(1, ${classes}) c`,
  )
  await run(
    '执行的政策',
    `insert into pack_adoptions (id, unit_id, unit_path, issuer, version, from_date) select ${idOf('adoption', 'n')}, ${idOf('province', '0')}, 'a.', (array['national', 'jiangsu'])[n], '1.0.0', '2020-09-01' from generate_series(1, 2) n`,
  )
  await run(
    '学期',
    `insert into school_terms (unit_id, school_year, term, starts_on, ends_on)
    select ${idOf('province', '0')}, y, t, case t when 1 then make_date(y, 9, 1) else make_date(y + 1, 2, 20) end, case t when 1 then make_date(y + 1, 1, 25) else make_date(y + 1, 7, 5) end
    from generate_series(2019, 2027) y, generate_series(1, 2) t`,
  )
  await fillStaff(run, { schools, classes, schoolPath, classNumber, countyOf, counties })
  await fillStudents(run, wishes, { schools, classes, schoolPath, stage })
  await run('分析', 'analyze', [])
  const { rows } = await owner.query<{ id: string }>(`select id from units where id = school_id order by path`)
  return { schoolIds: rows.map((row) => row.id) }
}

type Run = (label: string, text: string, values?: unknown[]) => Promise<void>

interface Layout {
  readonly schools: number
  readonly classes: number
  readonly schoolPath: (n: string) => string
}

const fillStaff = async (
  run: Run,
  layout: Layout & { classNumber: string; countyOf: (n: string) => string; counties: number },
): Promise<void> => {
  const { schools, classes, schoolPath, classNumber, counties } = layout
  const name = (n: string): string =>
    `substr('${surnames}', 1 + ${pick(n, 't', surnames.length)}, 1) || substr('${given}', 1 + ${pick(n, 'g', given.length)}, 1)`
  await run(
    '县资助专干',
    `insert into people (id, home_unit_id, scope, name, name_key, initials)
    select ${idOf('officer', 'n')}, ${idOf('county', 'n')}, u.path, ${name('n')}, ${name('n')}, 'x' from generate_series(1, ${counties}) n join units u on u.id = ${idOf('county', 'n')}`,
  )
  await run(
    '县岗位',
    `insert into appointments (id, person_id, unit_id, scope, post, from_date)
    select ${idOf('officer-post', 'n')}, ${idOf('officer', 'n')}, u.id, u.path, 'county-aid-officer', '2023-09-01' from generate_series(1, ${counties}) n join units u on u.id = ${idOf('county', 'n')}`,
  )
  await run(
    '班主任',
    `insert into people (id, home_unit_id, scope, name, name_key, initials)
    select ${idOf('teacher', classNumber)}, ${idOf('school', 'n')}, ${schoolPath('n')}, ${name(classNumber)}, ${name(classNumber)}, 'x'
    from generate_series(1, ${schools}) n, generate_series(1, ${classes}) c`,
  )
  await run(
    '班主任岗位',
    `insert into appointments (id, person_id, unit_id, scope, post, from_date)
    select ${idOf('teacher-post', classNumber)}, ${idOf('teacher', classNumber)}, ${idOf('class', classNumber)}, ${schoolPath('n')} || 'b' || c || '.', 'class-teacher', '2023-09-01'
    from generate_series(1, ${schools}) n, generate_series(1, ${classes}) c`,
  )
}

const fillStudents = async (
  run: Run,
  wishes: Wishes,
  layout: Layout & { stage: (n: string) => string },
): Promise<void> => {
  const { classes, schoolPath, stage } = layout
  const school = `((i - 1) / ${wishes.perSchool} + 1)`
  const place = `((i - 1) % ${wishes.perSchool})`
  const inClass = `(${place} * ${classes} / ${wishes.perSchool} + 1)`
  const a = pick('i', 'a', surnames.length)
  const name = `substr('${surnames}', 1 + ${a}, 1) || substr('${given}', 1 + ${pick('i', 'b', given.length)}, 1) || case when ${pick('i', 'c', 4)} > 0 then substr('${given}', 1 + ${pick('i', 'd', given.length)}, 1) else '' end`
  await run(
    '学生',
    `insert into students (school_id, id, scope, class_id, stage, grade, name, name_key, initials, number, sex, birth_date, entered_on, home_town)
    select ${idOf('school', school)}, ${idOf('student', 'i')}, ${schoolPath(school)} || 'b' || ${inClass} || '.', ${idOf('class', `((${school} - 1) * ${classes} + ${inClass})`)},
      ${stage(school)}, ${inClass} % 6 + 1, n.name, n.name, substr('${letters}', 1 + ${a}, 1) || 'x', '2025' || lpad(i::text, 8, '0'), i % 2 + 1,
      date '2010-01-01' + ${pick('i', 'e', 3000)}, '2023-09-01', '第' || (i % 30) || '镇'
    from generate_series(1, ${wishes.students}) i, lateral (select ${name} as name) n`,
  )
  await run(
    '名字片段',
    `insert into name_pieces (piece, scope, school_id, student_id)
    select distinct substr(name, n), scope, school_id, id from students cross join generate_series(2, 3) n where length(name) >= n`,
    [],
  )
  const child = `select school_id, id as student_id, scope, abs(hashtext($1 || number)) as h from students`
  await run(
    '基本',
    `insert into facts_general (school_id, student_id, scope, boarding, ethnicity) select school_id, student_id, scope, h % 5 = 0, h % 50 = 0 from (${child}) c`,
  )
  await run(
    '家庭',
    `insert into facts_family (school_id, student_id, scope, hardship_level, per_capita_income, left_behind, migrant_child)
    select school_id, student_id, scope, case when h % 100 < 2 then 1 when h % 100 < 6 then 21 when h % 100 < 12 then 22 else 3 end, (h % 60000) * 100, case when h % 97 < 6 then 1 when h % 97 < 12 then 2 else 0 end, h % 17 = 0 from (${child}) c`,
  )
  await run(
    '特殊群体',
    `insert into facts_groups (school_id, student_id, scope, dibao, poverty_monitor, orphan, de_facto_unattended)
    select school_id, student_id, scope, h % 100 < 3, case when h % 71 < 2 then 2 else 0 end, h % 2000 = 0, h % 1500 = 0 from (${child}) c`,
  )
  await run(
    '健康',
    `insert into facts_health (school_id, student_id, scope, disability_kind, disability_level) select school_id, student_id, scope, case when h % 90 = 0 then 4 else 0 end, case when h % 90 = 0 then 3 end from (${child}) c`,
  )
  await run(
    '心理',
    `insert into facts_psychology (school_id, student_id, scope, screening_level) select school_id, student_id, scope, case when h % 200 = 0 then 4 when h % 100 = 1 then 3 else 0 end from (${child}) c where h % 3 > 0`,
  )
  await run(
    '重点',
    `insert into facts_protection (school_id, student_id, scope, key_student) select school_id, student_id, scope, h % 100 = 1 from (${child}) c`,
  )
  await run(
    '学业',
    `insert into facts_schooling (school_id, student_id, scope, exam_total, exam_class_percent, not_registered) select school_id, student_id, scope, h % 400, h % 100, h % 300 = 0 from (${child}) c`,
  )
  const row = `((v - 1) % ${wishes.students} + 1)`
  const rowSchool = `((${row} - 1) / ${wishes.perSchool} + 1)`
  const rowClass = `((((${row} - 1) % ${wishes.perSchool}) * ${classes} / ${wishes.perSchool}) + 1)`
  const scope = `${schoolPath(rowSchool)} || 'b' || ${rowClass} || '.'`
  const teacher = idOf('teacher', `((${rowSchool} - 1) * ${classes} + ${rowClass})`)
  const day = `date '2023-09-02' + ${pick('v', 'f', 1100)}`
  await run(
    '家访记录',
    `insert into records (school_id, id, kind, secrecy, scope, done_in, student_id, author_id, author_name, act_date, mode, coded, text_cipher, content_hash)
    select ${idOf('school', rowSchool)}, ${idOf('visit', 'v')}, 1, 2, ${scope}, ${scope}, ${idOf('student', row)}, ${teacher}, '某老师', ${day}, v % 3 + 1, '{"economy": 1}', $2::bytea, sha256(v::text::bytea)
    from generate_series(1, ${wishes.visits}) v`,
    [`s${wishes.seed}-`, wishes.sealed],
  )
  await run(
    '记录对象',
    `insert into record_subjects (school_id, student_id, record_id, scope, kind, secrecy, mode, act_date, author_id)
    select school_id, student_id, id, scope, kind, secrecy, mode, act_date, author_id from records`,
    [],
  )
}

import type pg from 'pg'
import { uuidv7 } from 'uuidv7'

export interface Unit {
  readonly id: string
  readonly path: string
  readonly name: string
}

export interface Child {
  readonly id: string
  readonly schoolId: string
  readonly name: string
  readonly scope: string
}

export type TestUnits = Record<
  'province' | 'city' | 'county' | 'schoolA' | 'schoolB' | 'classA1' | 'classA2' | 'classB1',
  Unit
>

/** Under whose packs the test county lives, and what its first school is. */
export interface Lay {
  /** Issuer and the unit that adopts its pack, those above first. */
  readonly packs: readonly (readonly [issuer: string, unit: keyof TestUnits])[]
  readonly firstSchool: { readonly kind: string; readonly stage: number }
}

const asUsual: Lay = {
  packs: [
    ['national', 'province'],
    ['jiangsu', 'province'],
    ['taizhou', 'city'],
  ],
  firstSchool: { kind: 'primary', stage: 2 },
}

const secondSchool = { kind: 'junior', stage: 3 }

const schoolOf = (units: TestUnits, unit: Unit): Unit =>
  unit.path.startsWith(units.schoolB.path) ? units.schoolB : units.schoolA

/** Lays out province, city, county, two schools and three classes, with adoptions and terms. */
export const buildUnits = async (owner: pg.Client, { packs, firstSchool }: Lay = asUsual): Promise<TestUnits> => {
  const units: Partial<Record<keyof TestUnits, Unit>> = {}
  const add = async (
    key: keyof TestUnits,
    parent: Unit | undefined,
    kind: string,
    name: string,
    short: string,
    school = false,
  ) => {
    const unit = { id: uuidv7(), path: `${parent?.path ?? ''}${short}.`, name }
    const schoolId = school ? unit.id : kind === 'class' ? parent?.id : null
    await owner.query(
      'insert into units (id, parent_id, path, kind, name, urban, stage, grade, school_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [
        unit.id,
        parent?.id ?? null,
        unit.path,
        kind,
        name,
        school ? 2 : null,
        school ? (key === 'schoolB' ? secondSchool : firstSchool).stage : null,
        kind === 'class' ? 3 : null,
        schoolId,
      ],
    )
    units[key] = unit
    return unit
  }
  const province = await add('province', undefined, 'province', '江苏省', 'a')
  const city = await add('city', province, 'city', '泰州市', 't')
  const county = await add('county', city, 'county', '临湖县', 'c')
  const schoolA = await add('schoolA', county, firstSchool.kind, '第一小学', 's1', true)
  const schoolB = await add('schoolB', county, secondSchool.kind, '柳堡初级中学', 's2', true)
  await add('classA1', schoolA, 'class', '2023级1班', 'k1')
  await add('classA2', schoolA, 'class', '2023级2班', 'k2')
  await add('classB1', schoolB, 'class', '2024级1班', 'k1')
  for (const [issuer, key] of packs) {
    const unit = units[key]
    await owner.query(
      'insert into pack_adoptions (id, unit_id, unit_path, issuer, version, from_date) values ($1, $2, $3, $4, $5, $6)',
      [uuidv7(), unit?.id, unit?.path, issuer, '1.0.0', '2020-09-01'],
    )
  }
  for (const [year, term, from, to] of [
    [2024, 1, '2024-09-01', '2025-01-20'],
    [2024, 2, '2025-02-16', '2025-07-01'],
    [2025, 1, '2025-09-01', '2026-01-30'],
    [2025, 2, '2026-02-25', '2026-07-03'],
  ]) {
    await owner.query(
      'insert into school_terms (unit_id, school_year, term, starts_on, ends_on) values ($1, $2, $3, $4, $5)',
      [province.id, year, term, from, to],
    )
  }
  return units as TestUnits
}

/** Enrols a child in a class with facts by domain. */
export const addChild = async (
  owner: pg.Client,
  units: TestUnits,
  classUnit: Unit,
  name: string,
  facts: Record<string, Record<string, unknown>>,
): Promise<Child> => {
  const school = schoolOf(units, classUnit)
  const child = { id: uuidv7(), schoolId: school.id, name, scope: classUnit.path }
  await owner.query(
    `insert into students (school_id, id, scope, class_id, stage, grade, name, name_key, initials, number, sex, birth_date, entered_on)
     values ($1, $2, $3, $4, $5, 3, $6, $6, 'xs', $7, 1, '2015-03-01', '2023-09-01')`,
    [
      school.id,
      child.id,
      classUnit.path,
      classUnit.id,
      (await owner.query('select stage from units where id = $1', [school.id])).rows[0]?.stage,
      name,
      `2023${child.id.slice(-6)}`,
    ],
  )
  for (const domain of ['general', 'family', 'groups', 'health', 'psychology', 'protection', 'schooling']) {
    const given = facts[domain] ?? {}
    const columns = Object.keys(given)
    await owner.query(
      `insert into facts_${domain} (school_id, student_id, scope${columns.map((column) => `, ${column}`).join('')})
       values ($1, $2, $3${columns.map((_, index) => `, $${index + 4}`).join('')})`,
      [school.id, child.id, classUnit.path, ...Object.values(given)],
    )
  }
  return child
}

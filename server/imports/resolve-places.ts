import { classWord, type Grade, gradeWord, nameKey } from '#contract/imports'
import { isSchoolKind, type UnitKind } from '#contract/organisations'
import { type Db, sql } from '#server/platform'
import type { NamedPlace } from './encoding/place-book.ts'
import { schoolKindOf, stageOfKind } from './school-kind.ts'
import { type FreshUnit, freshUnit, type KnownUnit, openUnit, pathGiver, unitsBelow, usedPaths } from './units-below.ts'

/** Where a named place is in the tree, or why it is nowhere. */
export interface SettledPlace {
  readonly number: number
  readonly schoolId: string | null
  readonly classId: string | null
  readonly path: string | null
  readonly stage: number | null
  readonly problem: string | null
  /** What would be opened for it, in words. */
  readonly news: string | null
}

export interface SettledPlaces {
  readonly places: readonly SettledPlace[]
  readonly fresh: readonly FreshUnit[]
}

export interface Settling {
  /** The unit the list was handed over for. */
  readonly unit: KnownUnit
  readonly openedOn: string
  /** A list that needs a class for every row opens the classes it names; a staff list opens none. */
  readonly opensClasses: boolean
  /** Only a roster of a county or above opens schools. */
  readonly opensSchools: boolean
}

const gradeOf = ({ stage, grade }: NamedPlace): Grade | undefined => {
  if (grade === null) return undefined
  return stage === null ? { year: grade } : { year: grade, stage }
}

/** A class is called by its year of entry, else by grade and number; students without one stand in 未分班. */
export const classNameOf = (place: NamedPlace): string => {
  const grade = gradeOf(place)
  if (place.classLabel === null) return `${grade ? gradeWord(grade) : ''}未分班`
  return place.cohort !== null || !grade ? place.classLabel : classWord(grade, place.classLabel)
}

const openers: readonly string[] = ['county', 'city', 'province']

/** Finds or plans the schools and classes a list names, below the unit it was handed over for. Writes nothing. [T2] */
export const settlePlaces = async (
  db: Db,
  named: readonly NamedPlace[],
  settling: Settling,
): Promise<SettledPlaces> => {
  const known = await unitsBelow(db, settling.unit.path)
  const give = pathGiver(await usedPaths(db, settling.unit.path))
  const fresh: FreshUnit[] = []
  const freshIds = new Set<string>()
  const plan = (unit: FreshUnit): FreshUnit => {
    fresh.push(unit)
    freshIds.add(unit.id)
    return unit
  }
  const schools = known.filter((unit) => isSchoolKind(unit.kind as UnitKind))
  const byCode = new Map<string, KnownUnit>(
    schools.flatMap((school) => (school.code ? [[school.code, school] as const] : [])),
  )
  const byName = new Map<string, KnownUnit>(schools.map((school) => [nameKey(school.name), school] as const))
  const classes = new Map<string, KnownUnit>(
    known
      .filter(({ kind }) => kind === 'class')
      .map((unit) => [`${unit.schoolId}\n${nameKey(unit.name)}`, unit] as const),
  )
  const mayOpen = settling.opensSchools && openers.includes(settling.unit.kind)

  // what a school hands over for itself need not name it
  const { schoolId } = settling.unit
  const own =
    schoolId === null ? undefined : (known.find(({ id }) => id === schoolId) ?? (await openUnit(db, schoolId)))
  const schoolOf = (place: NamedPlace): KnownUnit | undefined => {
    if (place.schoolCode === null && place.schoolName === null) return own
    const coded = place.schoolCode ? byCode.get(place.schoolCode) : undefined
    const found = coded ?? (place.schoolName ? byName.get(nameKey(place.schoolName)) : undefined)
    if (found || !mayOpen || !place.schoolName) return found
    const kind = schoolKindOf(place.schoolName, place.schoolCode, place.stage)
    const school = plan(
      freshUnit(settling.unit, give, {
        kind,
        name: place.schoolName,
        code: place.schoolCode,
        stage: stageOfKind[kind] ?? place.stage,
        grade: null,
        openedOn: settling.openedOn,
        school: true,
      }),
    )
    if (school.code) byCode.set(school.code, school)
    byName.set(nameKey(school.name), school)
    return school
  }

  const classOf = (place: NamedPlace, school: KnownUnit): KnownUnit | undefined => {
    if (!settling.opensClasses && place.classLabel === null) return undefined
    if (place.classLabel === null && place.grade === null && settling.unit.kind === 'class') return settling.unit
    const name = classNameOf(place)
    const key = `${school.id}\n${nameKey(name)}`
    const found = classes.get(key)
    if (found || !settling.opensClasses) return found
    const opened = plan(
      freshUnit(school, give, {
        kind: 'class',
        name,
        code: null,
        stage: place.stage ?? school.stage,
        grade: place.grade,
        openedOn: settling.openedOn,
        school: false,
      }),
    )
    classes.set(key, opened)
    return opened
  }

  const isFresh = (unit: KnownUnit | undefined): boolean => unit !== undefined && freshIds.has(unit.id)
  const places = named.map((place, number): SettledPlace => {
    const school = schoolOf(place)
    const stage = place.stage ?? school?.stage ?? null
    const nowhere = { number, schoolId: null, classId: null, path: null, stage, news: null }
    if (!school) return { ...nowhere, problem: '没有这所学校,或者不在本单位范围内' }
    const group = classOf(place, school)
    const news = isFresh(school) ? '新建学校和班级' : isFresh(group) ? '新建班级' : null
    const path = (group ?? school).path
    return { number, schoolId: school.id, classId: group?.id ?? null, path, stage, problem: null, news }
  })
  return { places, fresh }
}

/** Puts the settled places beside the work table, with whether their schools have students already. */
export const layPlaces = async (db: Db, places: readonly SettledPlace[]): Promise<void> => {
  await db.change(sql`create temp table places (number integer primary key, school_id uuid, class_id uuid, path text collate "C",
    stage smallint, problem text, news text, peopled boolean) on commit drop`)
  await db.change(sql`insert into places select number, "schoolId", "classId", path, stage, problem, news,
      exists (select from students st where st.school_id = p."schoolId")
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as p(number integer, "schoolId" uuid, "classId" uuid, path text,
      stage smallint, problem text, news text)`)
  await db.change(sql`analyze places`)
}

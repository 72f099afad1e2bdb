import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { rangeOf } from '#contract/organisations'
import { appoint } from '#contract/people'
import { schoolYearOf } from '#contract/platform'
import { createPlaceAccount } from '#server/people'
import { type Db, type Served, sql } from '#server/platform'
import { seesOf } from '#server/policies'
import { createCounty, type TreeStep } from '../create-county.ts'
import type { Importing } from '../importing.ts'
import { openUsualTerms } from '../open-terms.ts'
import { runImport } from '../run-import.ts'
import { stageOfKind } from '../school-kind.ts'
import { freshUnit, openUnits, pathGiver, usedPaths } from '../units-below.ts'
import { actAs } from './act-as.ts'
import { askAtPlace } from './ask-at-place.ts'
import { liveAtPlace, visitProposed } from './live-at-place.ts'
import { settleSchools } from './live-in-county.ts'
import { makeLists } from './make-lists.ts'
import { shownPlaces } from './places.ts'
import type { ShownPlace } from './shown-place.ts'

interface Opened {
  readonly id: string
  readonly path: string
}

const clerk = { id: '00000000-0000-7000-8000-000000000001', name: '数据中心' }
const openedOn = '2023-09-01'

const stepsOf = ({ registry }: Importing, { province, city, county }: ShownPlace): TreeStep[] => {
  const adopted = (issuers: readonly string[]) =>
    issuers.flatMap((issuer) => {
      const pack = registry.packs.find((one) => one.issuer === issuer)
      return pack ? [{ issuer, version: pack.version }] : []
    })
  const step = (kind: TreeStep['kind'], of: typeof city): TreeStep[] =>
    of ? [{ kind, name: of.name, regionCode: of.code, packs: adopted(of.packs) }] : []
  return [...step('province', province), ...step('city', city), ...step('county', county)]
}

// A school that adopts a pack of its own stands below the province, with its colleges, majors and classes.
const openCampus = async (db: Db, parent: Opened, place: ShownPlace, version: string): Promise<Opened> => {
  const [school] = place.schools
  if (!school) throw new Error('a place without a school')
  const give = pathGiver(await usedPaths(db, parent.path))
  const open = (
    above: { id: string; path: string; schoolId: string | null },
    kind: string,
    name: string,
    grade: number | null,
  ) =>
    freshUnit(above, give, {
      kind,
      name,
      code: null,
      stage: stageOfKind[school.kind] ?? null,
      grade,
      openedOn,
      school: kind === school.kind,
    })
  const root = open({ ...parent, schoolId: null }, school.kind, school.name, null)
  const units = [root]
  for (const { name, grade, above = [] } of school.classes) {
    let at = root
    for (const { kind, name: called } of above) {
      const known = units.find((unit) => unit.parentId === at.id && unit.name === called)
      const next = known ?? open(at, kind, called, null)
      if (!known) units.push(next)
      at = next
    }
    units.push(open(at, 'class', name, '一二三四五六'.indexOf(grade[0] ?? '') + 1))
  }
  await openUnits(db, units)
  await db.change(sql`insert into pack_adoptions (id, unit_id, unit_path, issuer, version, from_date)
    values (${uuidv7()}, ${root.id}, ${root.path}, ${place.issuer}, ${version}, ${openedOn})`)
  return root
}

const openPlace = (importing: Importing, place: ShownPlace): Promise<Opened> =>
  importing.services.door.asJob('importer', async (db) => {
    const above = await createCounty(db, stepsOf(importing, place), openedOn)
    const version = importing.registry.packs.find(({ issuer }) => issuer === place.issuer)?.version ?? '1.0.0'
    const unit = place.county ? above : await openCampus(db, above, place, version)
    await openUsualTerms(db, unit.id, 2023, 2027)
    return unit
  })

// A counsellor looks after classes: the staff list names the person, the leader of the campus gives the classes.
const giveClasses = async (importing: Importing, served: readonly Served[], unit: Opened): Promise<void> => {
  const { services } = importing
  const { lo, hi } = rangeOf(unit.path)
  const found = await services.door.asJob('importer', (db) =>
    db.first<{ leader: string; counsellor: string; classes: string[] }>(sql`select
        (select person_id from appointments where post = 'principal' and scope >= ${lo} and scope < ${hi} order by id limit 1) as leader,
        (select person_id from appointments where post = 'counsellor' and scope >= ${lo} and scope < ${hi} order by id desc limit 1) as counsellor,
        array(select id from units where kind = 'class' and path >= ${lo} and path < ${hi} order by path) as classes`),
  )
  if (!found?.leader || !found.counsellor) return
  await actAs(services, served, found.leader, async (act) => {
    for (const unitId of found.classes)
      await act(appoint, {
        params: {},
        body: {
          id: uuidv7(),
          personId: found.counsellor,
          unitId,
          post: 'counsellor',
          fromDate: services.today(),
          document: null,
        },
      })
  })
}

const signInFor = (importing: Importing, place: ShownPlace, unit: Opened): Promise<void> =>
  importing.services.door.asJob('importer', async (db) => {
    const { lo, hi } = rangeOf(unit.path)
    const { services, registry } = importing
    const holder =
      place.post === 'county-aid-officer'
        ? undefined
        : await db.first<{ id: string }>(sql`select a.person_id as id from appointments a
            where a.post = ${place.post} and a.scope >= ${lo} and a.scope < ${hi} and a.until_date is null order by a.id limit 1`)
    await createPlaceAccount(
      db,
      { ...place, unitId: unit.id, personId: holder?.id },
      seesOf(registry, services.today),
      services.today(),
    )
  })

const loadPlace = async (
  importing: Importing,
  served: readonly Served[],
  place: ShownPlace,
  seed: number,
  folder: string,
): Promise<void> => {
  const { services, registry } = importing
  const unit = await openPlace(importing, place)
  await registry.refresh()
  const lists = await makeLists(folder, place, seed, schoolYearOf(services.today()))
  for (const { path, asOf } of lists)
    await runImport(importing, { unitId: unit.id, path, by: clerk, sender: { posts: null }, asOf })
  if (place.visitFirst) await visitProposed(importing, served, unit)
  await settleSchools(importing, served, unit)
  if (!place.county) await giveClasses(importing, served, unit)
  await liveAtPlace(importing, served, place, unit)
  await askAtPlace(importing, served, place, unit)
  await signInFor(importing, place, unit)
}

/**
 * Loads a small place under each pack that the demonstration county does not live under, so that each can be seen working:
 * its tree and packs, workbooks made from a seed through the same import as anybody's, some days of life through the
 * operations that serve requests, a sign-in for one officer.
 */
export const loadShownPlaces = async (
  importing: Importing,
  served: readonly Served[],
  say: (line: string) => void = () => {},
): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'tongxing-places-'))
  try {
    for (const [index, place] of shownPlaces.entries()) await loadPlace(importing, served, place, index + 1, folder)
    say(
      `已载入 ${shownPlaces.length} 个示范单位:${shownPlaces.map(({ county, schools }) => county?.name ?? schools[0]?.name).join('、')}`,
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

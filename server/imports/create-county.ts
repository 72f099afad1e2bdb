import { uuidv7 } from 'uuidv7'
import type { UnitKind } from '#contract/organisations'
import { choosePath } from '#server/organisations'
import { audit, type Db, sql } from '#server/platform'

/** One step of the tree above a county, and the packs adopted there. */
export interface TreeStep {
  readonly kind: Extract<UnitKind, 'province' | 'city' | 'county'>
  readonly name: string
  readonly regionCode: string
  /** Issuers of packs, with the version adopted. */
  readonly packs: readonly { readonly issuer: string; readonly version: string }[]
}

interface MadeUnit {
  readonly id: string
  readonly path: string
}

const openStep = async (db: Db, parent: MadeUnit | null, step: TreeStep, from: string): Promise<MadeUnit> => {
  const known =
    await db.first<MadeUnit>(sql`select id, path from units where kind = ${step.kind} and name = ${step.name}
    and parent_id is not distinct from ${parent?.id ?? null}::uuid and closed_on is null`)
  const unit = known ?? { id: uuidv7(), path: await choosePath(db, parent?.path ?? '') }
  if (!known) {
    await db.change(sql`insert into units (id, parent_id, path, kind, name, region_code, opened_on)
      values (${unit.id}, ${parent?.id ?? null}, ${unit.path}, ${step.kind}, ${step.name}, ${step.regionCode}, ${from})`)
  }
  for (const { issuer, version } of step.packs) {
    await db.change(sql`insert into pack_adoptions (id, unit_id, unit_path, issuer, version, from_date)
      select ${uuidv7()}, ${unit.id}, ${unit.path}, ${issuer}, ${version}, ${from}
      where not exists (select from pack_adoptions where unit_id = ${unit.id} and issuer = ${issuer} and until_date is null)`)
  }
  return unit
}

/**
 * Opens the units from a province down to a county, with the packs each adopts from a day on, and the county's office.
 * What is there already stays. Answers the county. [T2]
 */
export const createCounty = async (db: Db, steps: readonly TreeStep[], from: string): Promise<MadeUnit> => {
  let unit: MadeUnit | null = null
  for (const step of steps) unit = await openStep(db, unit, step, from)
  if (!unit) throw new Error('no steps')
  const office = await db.first(sql`select 1 as one from units where parent_id = ${unit.id} and kind = 'office'`)
  if (!office) {
    await db.change(sql`insert into units (id, parent_id, path, kind, name, opened_on)
      values (${uuidv7()}, ${unit.id}, ${await choosePath(db, unit.path)}, 'office', '学生工作办公室', ${from})`)
  }
  await audit(db, {
    actorId: null,
    action: 'imports.create-county',
    outcome: 'done',
    scope: unit.path,
    subject: unit.id,
  })
  return unit
}

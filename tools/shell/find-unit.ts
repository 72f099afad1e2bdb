import { Refusal, schoolYearOf } from '#contract/platform'
import { createCounty, openUsualTerms } from '#server/imports'
import { sql } from '#server/platform'
import type { Program } from '../../server/compose.ts'

const bad = (sentence: string) => new Refusal('imports.bad-arguments', sentence, 'invalid')

interface FoundUnit {
  readonly id: string
  readonly name: string
}

/** The unit a person at the shell means: by code, region code, id or name. Refuses an unknown or ambiguous one. */
export const findUnit = async ({ services }: Program, wanted: string): Promise<FoundUnit> => {
  const found = await services.door.asJob('importer', (db) =>
    db.rows<FoundUnit>(sql`select id, name from units where closed_on is null and kind <> 'class'
      and (name = ${wanted} or code = ${wanted} or region_code = ${wanted} or id::text = ${wanted})
      order by length(path) limit 3`),
  )
  if (!found[0]) throw bad(`没有“${wanted}”这个单位。请核对标识码或名称;空数据库可用 --create-county 先建立县。`)
  if (found.length > 1 && found[1]?.name === wanted) throw bad(`有不止一个单位叫“${wanted}”,请改用标识码。`)
  return found[0]
}

/** Opens a county in an empty database with the packs named, and its usual terms. What is there already stays. */
export const makeCounty = async (program: Program, name: string, regionCode: string, packs: string): Promise<void> => {
  if (!/^\d{6}$/.test(regionCode)) throw bad('请用 --region-code 给出六位行政区划代码。')
  const adopted = packs.split(',').map((issuer) => {
    const pack = program.registry.packs.find((one) => one.issuer === issuer)
    if (!pack)
      throw bad(`没有“${issuer}”这个政策包,现有:${program.registry.packs.map((one) => one.issuer).join('、')}。`)
    return { issuer, version: pack.version }
  })
  const year = schoolYearOf(program.services.today())
  await program.services.door.asJob('importer', async (db) => {
    const step = { kind: 'county' as const, name, regionCode, packs: adopted }
    const county = await createCounty(db, [step], `${year - 2}-09-01`)
    await openUsualTerms(db, county.id, year - 2, year + 1)
  })
  await program.registry.refresh()
}

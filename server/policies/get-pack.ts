import { type AnswerOf, notFound, type ParamsOf } from '#contract/platform'
import type { getPack as declared, PackFile } from '#contract/policies'
import { type Actor, type Services, sql } from '#server/platform'
import { newestChain } from './read-handed-in.ts'
import type { Registry } from './registry.ts'

/** The files of a version as they were handed in, with the packs it stands on; a shipped pack has no files to show. */
export const readPackFiles = async (
  services: Services,
  registry: Registry,
  actor: Actor,
  { issuer, version }: ParamsOf<typeof declared>,
): Promise<AnswerOf<typeof declared>> => {
  const pack = registry.known().find(issuer, version)
  if (!pack) throw notFound()
  const [row] = await services.door.readAsActor<{ files: PackFile[] | null }>(
    actor,
    sql`select files from policy_packs where issuer = ${issuer} and version = ${version}`,
  )
  const above = pack.extends ? newestChain(registry.known(), pack.extends) : []
  return {
    issuer,
    version,
    files: [...(row?.files ?? [])],
    packs: [...above, pack] as unknown as Record<string, unknown>[],
  }
}

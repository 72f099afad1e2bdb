import type { AnswerOf, BodyOf, ParamsOf } from '#contract/platform'
import { Refusal } from '#contract/platform'
import {
  type checkPack as checkDeclared,
  compareVersions,
  type Pack,
  type PackProblem,
  type uploadPack as uploadDeclared,
  whyNotLoosens,
  whyNotVersion,
} from '#contract/policies'
import { type SecrecyDomain, secrecyDomains } from '#contract/students'
import { type Actor, audit, type Db, reachOf, type Services, sql } from '#server/platform'
import { getUnitFor, type UnitHere } from './find-unit.ts'
import { readHandedIn } from './read-handed-in.ts'
import type { Registry } from './registry.ts'
import { numberRules, readRuleNumbers } from './rule-numbers.ts'

type Params = ParamsOf<typeof uploadDeclared>
type Files = BodyOf<typeof uploadDeclared>['files']

const badPack = (problems: readonly PackProblem[]): Refusal => {
  const [first] = problems
  const place = first
    ? `${first.file} 第 ${first.line} 行${first.rule ? `(规则 ${first.rule})` : ''}:${first.sentence}`
    : ''
  return new Refusal(
    'policies.bad-pack',
    `政策包有 ${problems.length} 处问题,没有收下。${place}`,
    'invalid',
    problems.map(({ file, line, rule, sentence }) => ({
      field: `${file}:${line}${rule ? ` ${rule}` : ''}`,
      reason: sentence,
    })),
  )
}

// Whose word an issuer's pack is: the office that handed in the first version, or one that adopts it by itself.
const whyNotTheirs = async (db: Db, registry: Registry, unit: UnitHere, pack: Pack): Promise<Refusal | undefined> => {
  const known = registry.known().versionsOf(pack.issuer)
  if (known.length === 0 || known.some(({ unitId }) => unitId === unit.id)) return undefined
  const adopts = await db.first(
    sql`select 1 as yes from pack_adoptions where unit_id = ${unit.id} and issuer = ${pack.issuer} and withdrawn_at is null`,
  )
  if (adopts) return undefined
  return new Refusal(
    'policies.not-your-pack',
    `“${known.at(-1)?.pack.name}”由别的单位制定,不能由您这里交新版本。`,
    'forbidden',
  )
}

const whyNotEdited = (registry: Registry, pack: Pack): Refusal | 'known' | undefined => {
  const same = registry.known().find(pack.issuer, pack.version)
  const newest = registry.known().versionsOf(pack.issuer).at(-1)?.pack
  if (same && compareVersions(same, pack).length === 0) return 'known'
  if (same)
    return new Refusal(
      'policies.edited-in-place',
      `${pack.version} 版已经在册,在册的规则不能原地修改;请改版本号,作为新版本交。`,
    )
  const reason = newest && whyNotVersion(newest, pack)
  return reason
    ? new Refusal('policies.wrong-version', `${reason}。`, 'invalid', [{ field: 'pack.yaml version', reason }])
    : undefined
}

// Stored rows carry these numbers and this secrecy for ever, whichever pack or version speaks of them.
const whyNotNumbers = async (db: Db, registry: Registry, pack: Pack): Promise<Refusal | undefined> => {
  const secrecies = new Map((await readRuleNumbers(db)).map(({ kind, key, secrecy }) => [`${kind} ${key}`, secrecy]))
  for (const rule of pack.rules) {
    if (rule.kind === 'record') {
      const other = registry.packs
        .flatMap(({ rules }) => rules)
        .find((one) => one.kind === 'record' && one.number === rule.number && one.ref !== rule.ref)
      if (other)
        return new Refusal('policies.number-taken', `记录编号 ${rule.number} 已用于“${other.label}”,请换一个编号。`)
    }
    if (rule.kind !== 'who' && rule.kind !== 'count') continue
    const before = secrecies.get(`${rule.kind === 'who' ? 'class' : 'coverage'} ${rule.ref}`)
    if (before !== undefined && before !== secrecyDomains[rule.secrecy].code)
      return new Refusal('policies.secrecy-moved', `“${rule.label}”的密级不能随版本改变,请终止它,另立一条规则。`)
  }
  return undefined
}

const domainsOf = (actor: Actor, path: string): SecrecyDomain[] => {
  const open = reachOf(actor).domainsAt(path)
  return (Object.keys(secrecyDomains) as SecrecyDomain[]).filter((domain) => open.has(secrecyDomains[domain].code))
}

const insist = (refusal: Refusal | undefined): void => {
  if (refusal) throw refusal
}

/**
 * Hands in a pack or its next version, for an office that may. It is checked like every pack and kept beside the
 * versions before it; it holds nowhere until a unit adopts it. Sent twice, it is kept once.
 * Refuses `policies.bad-pack` with every problem, `.edited-in-place`, `.wrong-version`, `.not-your-pack`,
 * `.number-taken`, `.secrecy-moved`, `.loosens-secrecy`, `.discloses-unseen`, `.pack-too-large`.
 */
export const takePack = async (
  services: Services,
  registry: Registry,
  actor: Actor,
  { unitId }: Params,
  files: Files,
): Promise<AnswerOf<typeof uploadDeclared>> => {
  const unit = await getUnitFor(services, actor, unitId, 'policies.upload-pack')
  await registry.refresh()
  const read = readHandedIn(registry, unit.path, services.today(), files)
  if ('problems' in read) throw badPack(read.problems)
  const { pack, above } = read
  const answer = { issuer: pack.issuer, version: pack.version, rules: pack.rules.length }
  insist(whyNotLoosens(pack, above, domainsOf(actor, unit.path)))
  const edited = whyNotEdited(registry, pack)
  if (edited === 'known') return answer
  insist(edited)
  await services.door.asJob('importer', async (db) => {
    insist(await whyNotTheirs(db, registry, unit, pack))
    insist(await whyNotNumbers(db, registry, pack))
    const stored =
      await db.change(sql`insert into policy_packs (issuer, version, name, content, digest, files, unit_id, uploaded_by)
      values (${pack.issuer}, ${pack.version}, ${pack.name}, ${JSON.stringify(pack)},
        sha256(convert_to(${JSON.stringify(pack)}::text, 'UTF8')), ${JSON.stringify(files)}, ${unit.id}, ${actor.personId})
      on conflict (issuer, version) do nothing`)
    if (stored === 0) throw new Refusal('policies.edited-in-place', `${pack.version} 版刚刚由别人交了,请重新打开。`)
    await numberRules(db, [pack])
    await audit(db, {
      actorId: actor.personId,
      action: 'policies.upload-pack',
      outcome: 'done',
      scope: unit.path,
      subject: null,
      detail: { issuer: pack.issuer, version: pack.version, rules: pack.rules.length },
    })
  })
  await registry.refresh()
  return answer
}

/** Every problem of a pack, as handing it in would find them; nothing is written. */
export const checkHandedIn = async (
  services: Services,
  registry: Registry,
  actor: Actor,
  { unitId }: Params,
  files: Files,
): Promise<AnswerOf<typeof checkDeclared>> => {
  const unit = await getUnitFor(services, actor, unitId, 'policies.upload-pack')
  const read = readHandedIn(registry, unit.path, services.today(), files)
  const problems = 'problems' in read ? read.problems : []
  return { problems: problems.map((problem) => ({ ...problem, rule: problem.rule ?? null })) }
}

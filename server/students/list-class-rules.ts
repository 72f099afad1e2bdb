import type { AnswerOf } from '#contract/platform'
import type { listClassRules } from '#contract/students'
import { type Actor, type Services, sql } from '#server/platform'

/** Class rules this person may learn of: those in whose domain some post of theirs sees. */
export const readClassRules = async (services: Services, actor: Actor): Promise<AnswerOf<typeof listClassRules>> => {
  const domains = [...new Set(actor.posts.flatMap((post) => post.sees))]
  const rules = await services.door.readAsActor<{ rule: number; label: string; secrecy: number; proposes: boolean }>(
    actor,
    sql`select r.number as rule, r.label, r.secrecy, r.proposes
      from policy_rules r where r.kind = 'class' and r.secrecy = any(${domains}::smallint[])
      order by r.proposes, r.number`,
  )
  return { rules }
}

import { whyNotPermitted } from '#contract/people'
import type { AnswerOf } from '#contract/platform'
import type { RecordKindDefinition } from '#contract/policies'
import type { listRecordKinds as endpoint } from '#contract/records'
import { secrecyDomains } from '#contract/students'
import { type Actor, reachOf, type Services } from '#server/platform'
import type { Registry } from '#server/policies'

type Kind = AnswerOf<typeof endpoint>['kinds'][number]

const modeField = 'mode'

const codesOf = (codes: Readonly<Record<number, string>> | undefined) =>
  Object.entries(codes ?? {}).map(([code, label]) => ({ code: Number(code), label }))

const shown = (kind: RecordKindDefinition): Kind => ({
  kind: kind.number,
  id: kind.id,
  label: kind.label,
  neutralTitle: kind.neutralTitle,
  many: kind.subjects === 'many',
  modes: codesOf(kind.fields.find(({ id }) => id === modeField)?.codes),
  fields: kind.fields
    .filter(({ id }) => id !== modeField)
    .map((field) => ({
      id: field.id,
      label: field.label,
      type: field.type,
      required: field.required,
      max: field.max,
      hint: field.hint ?? null,
      group: field.group ?? null,
      codes: codesOf(field.codes),
    })),
})

/** The kinds of record this person may make somewhere, with their forms: those whose domain is open to them. */
export const listRecordKinds = (services: Services, registry: Registry, actor: Actor): AnswerOf<typeof endpoint> => {
  const reach = reachOf(actor)
  const open = new Set([...reach.ranges.flatMap(({ kinds }) => kinds), ...reach.classKinds, ...reach.listKinds])
  const found = new Map<number, RecordKindDefinition>()
  for (const { unitPath } of actor.posts) {
    if (whyNotPermitted('records.add-record', actor.posts, unitPath)) continue
    for (const kind of registry.inForce(unitPath, services.today()).rules.records)
      if (open.has(secrecyDomains[kind.domain].code)) found.set(kind.number, kind)
  }
  return { kinds: [...found.values()].sort((one, other) => one.number - other.number).map(shown) }
}

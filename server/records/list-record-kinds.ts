import { whyNotPermittedAnywhere } from '#contract/people'
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

/**
 * The kinds of record this person may make somewhere, with their forms: at each place within reach those in force there
 * whose domain is open there. Whoever has nobody within reach is told of no kind. [C24]
 */
export const listRecordKinds = (services: Services, registry: Registry, actor: Actor): AnswerOf<typeof endpoint> => {
  const found = new Map<number, RecordKindDefinition>()
  for (const { path, kinds } of reachOf(actor).places) {
    if (whyNotPermittedAnywhere('records.add-record', actor.posts)) continue
    for (const kind of registry.inForce(path, services.today()).rules.records)
      if (kinds.includes(secrecyDomains[kind.domain].code)) found.set(kind.number, kind)
  }
  return { kinds: [...found.values()].sort((one, other) => one.number - other.number).map(shown) }
}

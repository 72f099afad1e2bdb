import { z } from 'zod'
import { endpoint, plainDate } from '#contract/platform'

/** The six kinds of rule, in the order people read them. */
export const ruleKindIds = ['who', 'duty', 'record', 'flow', 'count', 'guard'] as const

const unitName = z.object({ id: z.uuid(), name: z.string() })

/** A pack in force at a unit: who issued it, which unit adopted it, since when. */
export const packInForce = z.object({
  issuer: z.string(),
  name: z.string(),
  version: z.string(),
  adoptedBy: unitName,
  from: z.string(),
  /** True when a unit above adopted it and this unit only follows. */
  inherited: z.boolean(),
  documents: z.array(
    z.object({ id: z.string(), title: z.string(), number: z.string().nullable(), issued: z.string().nullable() }),
  ),
})

/** One rule as a person reads it: what it is called, what it says in plain Chinese, and where that is written. */
export const ruleInForce = z.object({
  ref: z.string(),
  label: z.string(),
  /** The whole rule as one or two plain sentences. */
  sentence: z.string(),
  cites: z.array(
    z.object({
      document: z.string(),
      at: z.string(),
      quote: z.string().nullable(),
      requirement: z.array(z.string()),
    }),
  ),
  /** 平台口径: the document is silent and the boundary is ours. */
  standpoint: z.boolean(),
  /** Issuer of the pack this text stands in. */
  issuer: z.string(),
  issuerName: z.string(),
  from: z.string().nullable(),
  until: z.string().nullable(),
  /** Label of the higher rule this one takes the place of. */
  replaces: z.string().nullable(),
})

/** The rules in force at a unit on a day, in plain words, with the packs they come from. */
export const listRulesInForce = endpoint({
  name: 'policies.list-rules-in-force',
  method: 'GET',
  path: '/api/units/:unitId/policies',
  summary: '本单位执行的规则:出自哪份文件、从哪个单位继承、说了什么',
  params: z.object({ unitId: z.uuid() }),
  query: z.object({ on: plainDate.optional() }),
  body: undefined,
  answer: z.object({
    unit: unitName,
    on: z.string(),
    packs: z.array(packInForce),
    kinds: z.array(z.object({ kind: z.enum(ruleKindIds), rules: z.array(ruleInForce) })),
  }),
})

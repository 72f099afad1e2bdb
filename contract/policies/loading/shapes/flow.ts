import { z } from 'zod'
import { type UnitKind, unitKinds } from '#contract/organisations'
import { scalar } from '../../conditions/is.ts'
import { type PanelSide, panelSides } from '../../rule.ts'
import { base, examplesOf, fieldId, id, post, text, wanted } from './parts.ts'

const decidedByFlow = z.enum(['hardship_level', 'key_student', 'sudden_hardship'])

const unitKind = z.enum(Object.keys(unitKinds) as [UnitKind, ...UnitKind[]])
const panel = z.strictObject({
  schools: z.array(unitKind).min(1).max(20),
  sides: z
    .array(z.enum(Object.keys(panelSides) as [PanelSide, ...PanelSide[]]))
    .min(1)
    .max(5),
  least: z.int().min(3).max(60),
  share: z.int().min(50).max(100),
  joins: z.array(unitKind).max(5).optional(),
  asides: z
    .array(z.enum(['mentor', 'class-teacher']))
    .max(2)
    .optional(),
})
const scoring = z.strictObject({
  indicators: z
    .array(
      z.strictObject({
        id,
        label: text(40),
        group: text(20),
        field: fieldId,
        points: z.record(z.string().regex(/^\d{1,4}$/), z.int().min(-100).max(200)),
      }),
    )
    .min(1)
    .max(60),
  caps: z.record(text(20), z.int().min(1).max(1000)).optional(),
})

/** A procedure. */
export const flowShape = z.strictObject({
  ...base,
  decides: z.strictObject({ fact: decidedByFlow, values: z.array(scalar).min(1).max(10) }),
  starts_from: z.string().max(121).optional(),
  procedure: id.optional(),
  scoring: scoring.optional(),
  publicity: z.enum(['none', 'notice']),
  steps: z
    .array(
      z.strictObject({
        id,
        label: text(40),
        on: z.boolean(),
        by: z.array(post).min(1).max(10),
        days: z.int().min(1).max(250).optional(),
        needs_reason: z.boolean().optional(),
        first: z
          .array(
            z.strictObject({
              record: id,
              where: wanted.optional(),
              days: z.int().min(1).max(3660),
              for: z.string().max(121).optional(),
              except_by: z.array(post).max(10).optional(),
            }),
          )
          .min(1)
          .max(5)
          .optional(),
        panels: z.array(panel).min(1).max(10).optional(),
      }),
    )
    .min(1)
    .max(20),
  examples: examplesOf(
    z.strictObject({
      moves: z.array(z.strictObject({ step: id, by: post, reason: text(200).optional() })).max(20),
      done: z
        .array(
          z.strictObject({
            record: id,
            days_ago: z.int().min(0).max(3660),
            with: z.record(z.string(), z.union([scalar, z.array(scalar)])).optional(),
          }),
        )
        .max(20)
        .optional(),
      classes: z.array(z.string().max(121)).max(20).optional(),
    }),
  ),
})

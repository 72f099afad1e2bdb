import { z } from 'zod'
import { type UnitKind, unitKinds } from '#contract/organisations'
import { postIds } from '#contract/people'
import { isPlainDate } from '#contract/platform'
import { secrecyDomains } from '#contract/students'
import { words } from '../conditions/index.ts'
import { scalar } from '../conditions/is.ts'
import { importListKinds, MOST_COVERAGE_NUMBER, type PanelSide, panelSides, tracks } from '../rule.ts'

/** An id that stands in addresses and figures: small letters, digits, hyphens. */
export const ID = /^[a-z][a-z0-9-]{0,59}$/
export const REF = /^[a-z][a-z0-9-]{0,59}\/[a-z][a-z0-9-]{0,59}$/

const text = (most: number) => z.string().trim().min(1).max(most)
const id = z.string().regex(ID)
const ref = z.string().regex(REF)
const date = z.string().refine(isPlainDate)
const post = z.enum(postIds)
const domain = z.enum(Object.keys(secrecyDomains) as (keyof typeof secrecyDomains)[])
const codes = z.record(z.string().regex(/^\d{1,4}$/), text(40))

const cite = z.strictObject({
  requirement: z
    .array(z.string().regex(/^[A-Z]\d{1,3}$/))
    .min(1)
    .max(20),
  document: id,
  at: text(200),
  quote: text(500).optional(),
})
const cites = z.array(cite).min(1).max(10)

const base = {
  id,
  label: text(60),
  cite: cites,
  from: date.optional(),
  until: date.optional(),
  standpoint: z.literal('platform').optional(),
  replaces: ref.optional(),
}

const examplesOf = <E extends z.ZodType>(example: E, unknown: 'asked' | 'none' = 'none') =>
  unknown === 'asked'
    ? z.strictObject({
        in: z.array(example).min(1).max(100),
        out: z.array(example).min(1).max(100),
        unknown: z.array(example).min(1).max(100),
      })
    : z.strictObject({ in: z.array(example).min(1).max(100), out: z.array(example).min(1).max(100) })

const act = z.strictObject({
  record: id,
  on: date,
  with: z.record(z.string(), z.union([scalar, z.array(scalar)])).optional(),
})
const student = z.strictObject({
  facts: z.record(z.string().max(60), scalar.nullable()),
  date: date.optional(),
  acts: z.array(act).max(20).optional(),
  suggests: scalar.optional(),
})

const periodName = z.enum([
  'school-day',
  'week',
  'teaching-week',
  'month',
  'term',
  'vacation',
  'school-year',
  'calendar-year',
])
const wanted = z.record(z.string(), z.array(scalar).min(1).max(50))
const need = z.union([
  z.strictObject({ record: id, where: wanted.optional() }),
  z.strictObject({ appointment: post }),
  z.strictObject({
    archive: z
      .array(
        z.strictObject({
          part: z.enum(['aid-history', 'visits', 'traits', 'rewards']),
          shown_by: z.union([z.literal('system'), z.array(id).min(1).max(10)]),
        }),
      )
      .min(1)
      .max(4),
  }),
])
const per = z.union([
  periodName,
  z.literal('standing'),
  z.strictObject({ once_by: date }),
  z.strictObject({ after: id, where: wanted.optional(), hours: z.int().min(1).max(720) }),
  z.strictObject({ after: id, where: wanted.optional(), working_days: z.int().min(1).max(250) }),
])

const field = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  label: text(40),
  type: z.enum(['text', 'code', 'multi-code', 'date', 'integer', 'money', 'yes-no']),
  required: z.boolean().optional(),
  required_when: z.strictObject({ field: z.string().max(40), in: z.array(scalar).min(1).max(50) }).optional(),
  max: z.int().min(1).max(1_000_000_000_000).optional(),
  codes: codes.optional(),
  encrypted: z.boolean().optional(),
  hint: text(100).optional(),
  group: text(30).optional(),
})

const guardedList = z.enum(['key-students', 'coverage-5', 'coverage-6'])
const importList = z.enum(importListKinds)
const centrePart = z.enum(['place', 'director', 'member'])
const decided = z.enum(['hardship_level', 'key_student'])
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
        field: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
        points: z.record(z.string().regex(/^\d{1,4}$/), z.int().min(-100).max(200)),
      }),
    )
    .min(1)
    .max(60),
  caps: z.record(text(20), z.int().min(1).max(1000)).optional(),
})

/** The header of a pack. */
export const packShape = z.strictObject({
  issuer: id,
  name: text(60),
  extends: id.optional(),
  version: z.string().regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/),
  documents: z
    .array(z.strictObject({ id, title: text(200), number: text(60).optional(), issued: date.optional() }))
    .max(50),
})

/** A rule of a higher pack that ends here. */
export const endingShape = z.strictObject({ ends: ref, from: date, cite: cites })

/** The written shape of each rule file's entries, given the shape of a condition. */
export const ruleShapes = (condition: z.ZodType) => ({
  who: z.strictObject({
    ...base,
    secrecy: domain,
    discloses: text(200).optional(),
    proposes: z.boolean().optional(),
    suggests: z
      .strictObject({
        fact: decided,
        choose: z
          .array(z.strictObject({ value: scalar, when: condition.optional() }))
          .min(1)
          .max(10),
      })
      .optional(),
    when: condition,
    examples: examplesOf(student, 'asked'),
  }),
  duty: z.strictObject({
    ...base,
    neutral_title: text(30),
    for: z.string().max(121),
    does: need,
    by: post,
    fallback: z.array(post).max(10),
    at_least: z.int().min(1).max(1000),
    per,
    examples: examplesOf(
      z.strictObject({
        period: z.tuple([date, date]).optional(),
        acts: z.array(act).max(50).optional(),
        posts: z.array(post).max(10).optional(),
        parts: z
          .array(z.enum(['aid-history', 'visits', 'traits', 'rewards']))
          .max(4)
          .optional(),
      }),
    ),
  }),
  record: z.strictObject({
    ...base,
    number: z.int().min(1).max(32_000),
    neutral_title: text(30),
    domain,
    track: z.enum(Object.keys(tracks) as (keyof typeof tracks)[]),
    subjects: z.enum(['one', 'many']),
    needs_review: z.boolean(),
    fields: z.array(field).min(1).max(60),
    examples: examplesOf(z.strictObject({ content: z.record(z.string().max(60), z.unknown()) })),
  }),
  flow: z.strictObject({
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
  }),
  count: z.strictObject({
    ...base,
    number: z.int().min(1).max(MOST_COVERAGE_NUMBER),
    of: z.union([
      z.strictObject({ class: z.string().max(121) }),
      z.strictObject({ units: z.array(z.enum(['county', 'school', 'college'])).min(1) }),
    ]),
    counts_when: z.union([
      z.strictObject({ duties: z.array(z.string().max(121)).min(1).max(10) }),
      z.strictObject({ centre: z.array(centrePart).min(1).max(3) }),
    ]),
    splits: z.array(z.enum(['stage', 'urban', 'class'])).max(3),
    secrecy: domain,
    names_for: z.array(post).min(1).max(20),
    shows_reviewed: z.boolean().optional(),
    examples: examplesOf(
      z.strictObject({
        duties_met: z.array(z.string().max(121)).max(10).optional(),
        centre: z.array(centrePart).max(3).optional(),
      }),
    ),
  }),
  guard: z.strictObject({
    ...base,
    guards: z.union([
      z.strictObject({
        sees: z.array(domain).max(7),
        post,
        over: z.enum(['own-students', 'class', 'school', 'unit', 'none']),
      }),
      z.strictObject({ opens: z.array(guardedList).min(1), posts: z.array(post).min(1).max(20) }),
      z.strictObject({ imports: z.array(importList).min(1), posts: z.array(post).min(1).max(20) }),
      z.strictObject({ unspoken: z.array(text(20)).min(1).max(200) }),
    ]),
    examples: examplesOf(
      z.strictObject({
        post: post.optional(),
        domain: domain.optional(),
        list: z.union([guardedList, importList]).optional(),
        text: text(200).optional(),
      }),
    ),
  }),
})

export type WrittenRules = { [K in keyof ReturnType<typeof ruleShapes>]: z.output<ReturnType<typeof ruleShapes>[K]> }
export type Written<K extends keyof WrittenRules> = WrittenRules[K]

/** For checking: conditions are read word by word afterwards, which gives better sentences than a union would. */
export const checkedShapes = ruleShapes(z.unknown())

/** For publishing: the condition spelled out. */
export const conditionShape: z.ZodType = z.lazy(() =>
  z.union(Object.values(words).map((word) => word.shape(conditionShape)) as [z.ZodType, z.ZodType]),
)

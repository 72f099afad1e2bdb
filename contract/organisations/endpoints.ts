import { z } from 'zod'
import { endpoint, plainDate } from '#contract/platform'
import { type UnitKind, unitKinds } from './unit-kinds.ts'

const none = z.object({})
export const unitKind = z.enum(Object.keys(unitKinds) as [UnitKind, ...UnitKind[]])

/** A unit as a node of the tree. */
export const unitNode = z.object({
  id: z.uuid(),
  parentId: z.uuid().nullable(),
  path: z.string(),
  kind: unitKind,
  name: z.string(),
  code: z.string().nullable(),
  urban: z.number().int().nullable(),
  closedOn: z.string().nullable(),
  children: z.number().int(),
})
export type UnitNode = z.infer<typeof unitNode>

export const listUnits = endpoint({
  name: 'organisations.list-units',
  method: 'GET',
  path: '/api/units',
  summary: '单位树:某单位的下级单位,或按名称、标识码查找',
  cites: ['T2'],
  params: none,
  query: z.object({
    parent: z.uuid().optional(),
    search: z.string().max(50).optional(),
    withClosed: z.enum(['yes']).optional(),
  }),
  body: undefined,
  answer: z.object({ units: z.array(unitNode), roots: z.array(z.uuid()) }),
})

export const bodyView = z.object({
  id: z.uuid(),
  kind: z.enum(['support-centre', 'leadership-group']),
  name: z.string(),
  place: z.string().nullable(),
  document: z.string().nullable(),
  fromDate: z.string(),
  untilDate: z.string().nullable(),
  members: z.array(
    z.object({
      personId: z.uuid(),
      name: z.string(),
      role: z.enum(['head', 'deputy', 'member']),
      fromDate: z.string(),
    }),
  ),
  /** What the pack asks for and this body lacks, in words. */
  missing: z.array(z.string()),
})

export const getUnit = endpoint({
  name: 'organisations.get-unit',
  method: 'GET',
  path: '/api/units/:unitId',
  summary: '单位页:上级、下级、岗位与人员、中心与领导小组、沿革',
  cites: ['T2', 'T7', 'C1', 'C21'],
  params: z.object({ unitId: z.uuid() }),
  query: none,
  body: undefined,
  answer: z.object({
    unit: unitNode.extend({
      regionCode: z.string().nullable(),
      openedOn: z.string().nullable(),
      stage: z.number().int().nullable(),
    }),
    ancestors: z.array(z.object({ id: z.uuid(), name: z.string(), kind: unitKind })),
    children: z.array(unitNode),
    posts: z.array(
      z.object({
        post: z.string(),
        label: z.string(),
        /** Empty means 无人负责; `passesTo` says who answers meanwhile. */
        holders: z.array(
          z.object({ personId: z.uuid(), name: z.string(), fromDate: z.string(), appointmentId: z.uuid() }),
        ),
        passesTo: z.object({ post: z.string(), label: z.string(), name: z.string() }).nullable(),
      }),
    ),
    bodies: z.array(bodyView),
    /** Kinds of body this unit should have and has not. */
    bodiesMissing: z.array(z.object({ kind: z.enum(['support-centre', 'leadership-group']), label: z.string() })),
    history: z.array(z.object({ change: z.string(), name: z.string(), fromDate: z.string(), untilDate: z.string() })),
    mayKeep: z.boolean(),
  }),
})

export const openUnit = endpoint({
  name: 'organisations.open-unit',
  method: 'POST',
  path: '/api/units',
  summary: '新设单位',
  cites: ['T2'],
  params: none,
  query: none,
  body: z.object({
    id: z.uuid(),
    parentId: z.uuid(),
    kind: unitKind,
    name: z.string().trim().min(1).max(60),
    code: z
      .string()
      .regex(/^\d{10}$/, '学校标识码为 10 位数字')
      .nullable(),
    regionCode: z
      .string()
      .regex(/^\d{6}$/, '区划代码为 6 位数字')
      .nullable(),
    urban: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable(),
    stage: z.number().int().min(1).max(9).nullable(),
    openedOn: plainDate.nullable(),
  }),
  answer: z.object({ id: z.uuid() }),
})

export const changeUnit = endpoint({
  name: 'organisations.change-unit',
  method: 'POST',
  path: '/api/units/:unitId/changes',
  summary: '更名、迁移、合并、撤销;沿革保留',
  cites: ['T2'],
  params: z.object({ unitId: z.uuid() }),
  query: none,
  body: z.discriminatedUnion('change', [
    z.object({ change: z.literal('renamed'), name: z.string().trim().min(1).max(60), on: plainDate }),
    z.object({ change: z.literal('moved'), parentId: z.uuid(), on: plainDate }),
    z.object({ change: z.literal('merged'), intoUnitId: z.uuid(), on: plainDate }),
    z.object({ change: z.literal('closed'), on: plainDate }),
  ]),
  answer: z.object({ unitId: z.uuid() }),
})

export const establishBody = endpoint({
  name: 'organisations.establish-body',
  method: 'POST',
  path: '/api/units/:unitId/bodies',
  summary: '成立学生发展支持中心或资助工作领导小组',
  cites: ['C1', 'C21'],
  params: z.object({ unitId: z.uuid() }),
  query: none,
  body: z.object({
    id: z.uuid(),
    kind: z.enum(['support-centre', 'leadership-group']),
    name: z.string().trim().min(1).max(60),
    place: z.string().trim().max(60).nullable(),
    document: z.string().trim().max(100).nullable(),
    fromDate: plainDate,
    members: z.array(z.object({ personId: z.uuid(), role: z.enum(['head', 'deputy', 'member']) })).max(60),
  }),
  answer: z.object({ id: z.uuid() }),
})

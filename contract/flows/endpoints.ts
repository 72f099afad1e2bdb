import { z } from 'zod'
import { endpoint } from '#contract/platform'
import { keptFrom } from './kept-endpoints.ts'

const none = z.object({})
const key = z.object({ schoolId: z.uuid(), caseId: z.uuid() })

/** Fields of a form by field id, checked against the flow's own declaration. */
export const filledIn = z
  .record(
    z.string().max(60),
    z.union([z.string().max(5_000), z.number(), z.boolean(), z.array(z.number().int()).max(50)]),
  )
  .refine((fields) => Object.keys(fields).length <= 120, '填写的栏目过多')

export const boxes = ['todo', 'done', 'copies'] as const

const boxLine = z.object({
  schoolId: z.uuid(),
  caseId: z.uuid(),
  flow: z.string(),
  /** Neutral name of the procedure. */
  title: z.string(),
  studentId: z.uuid().nullable(),
  /** Null where it concerns no student, or one they do not see. */
  studentName: z.string().nullable(),
  className: z.string().nullable(),
  schoolName: z.string(),
  state: z.string(),
  stateLabel: z.string(),
  version: z.number().int(),
  dueAt: z.string().nullable(),
  overdue: z.boolean(),
  escalated: z.boolean(),
  since: z.string(),
  /** In the box of copies: nobody of the desk has opened it yet. */
  unread: z.boolean(),
  /** In the done box: what I did. */
  moveLabel: z.string().nullable(),
})

export const listBox = endpoint({
  name: 'flows.list-box',
  method: 'GET',
  path: '/api/flow-cases/boxes/:box',
  summary: '办理:待办、已办、抄送',
  params: z.object({ box: z.enum(boxes) }),
  query: z.object({
    flow: z.string().max(60).optional(),
    state: z.string().max(60).optional(),
    after: z.string().max(300).optional(),
  }),
  body: undefined,
  answer: z.object({
    /** Waiting for me and unread copies; 100 stands for more than 99. */
    counts: z.object({ todo: z.number().int(), overdue: z.number().int(), copies: z.number().int() }),
    lines: z.array(boxLine),
    after: z.string().nullable(),
    /** Moves that may be made on many lines at once, when one flow and state are chosen. */
    bulkMoves: z.array(z.object({ id: z.string(), label: z.string(), needsReason: z.boolean() })),
  }),
})

const fieldAsked = z.object({
  id: z.string(),
  label: z.string(),
  type: z.enum(['text', 'code', 'multi-code', 'date', 'integer', 'yes-no', 'money']),
  required: z.boolean(),
  max: z.number().int().nullable(),
  hint: z.string().nullable(),
  group: z.string().nullable(),
  codes: z.array(z.object({ code: z.number().int(), label: z.string() })),
})

/** A move that this person may make now, or sees why not yet. */
const moveOffered = z.object({
  id: z.string(),
  label: z.string(),
  needsReason: z.boolean(),
  follows: z.string().nullable(),
  fields: z.array(fieldAsked),
  /** Why it cannot be made yet although it is theirs to make. */
  whyNot: z.string().nullable(),
})

export const getCase = endpoint({
  name: 'flows.get-case',
  method: 'GET',
  path: '/api/schools/:schoolId/flow-cases/:caseId',
  summary: '一件事项:现在到哪一步、谁来办、期限、经过',
  forFamilies: true,
  params: key,
  query: none,
  body: undefined,
  answer: z.object({
    flow: z.string(),
    title: z.string(),
    label: z.string(),
    studentId: z.uuid().nullable(),
    studentName: z.string().nullable(),
    className: z.string().nullable(),
    schoolName: z.string(),
    state: z.string(),
    stateLabel: z.string(),
    /** Where it stands in plain words, as the family reads it. */
    told: z.string(),
    /** Why it came back or was not granted, as the office wrote it for who asked; null otherwise. */
    toldWhy: z.string().nullable(),
    final: z.boolean(),
    version: z.number().int(),
    openedAt: z.string(),
    dueAt: z.string().nullable(),
    overdue: z.boolean(),
    neverPublished: z.boolean(),
    /** Who acts next, by post and name; empty for the family. */
    waitingFor: z.array(z.string()),
    form: z.array(fieldAsked),
    content: filledIn,
    outcome: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    files: z.array(
      z.object({ id: z.uuid(), purpose: z.string(), mediaType: z.string(), by: z.string(), at: z.string() }),
    ),
    moves: z.array(moveOffered),
    steps: z.array(
      z.object({
        number: z.number().int(),
        label: z.string(),
        by: z.string(),
        onBehalfOf: z.string().nullable(),
        at: z.string(),
        reason: z.string().nullable(),
        /** What was filled in with it, in words. */
        filled: z.array(z.object({ label: z.string(), words: z.string() })),
        late: z.boolean(),
      }),
    ),
  }),
})

export const openCase = endpoint({
  name: 'flows.open-case',
  method: 'POST',
  path: '/api/schools/:schoolId/flow-cases',
  summary: '发起一件事项(可先存为草稿)',
  forFamilies: true,
  params: z.object({ schoolId: z.uuid() }),
  query: none,
  body: z.object({
    id: z.uuid(),
    flow: z.string().max(60),
    /** The first move: saving a draft, or sending at once. */
    move: z.string().max(60),
    stepId: z.uuid(),
    studentId: z.uuid().nullable().default(null),
    content: filledIn.default({}),
    fields: filledIn.default({}),
    reason: z.string().max(20_000).nullable().default(null),
    /** Contacts of the student who are to know nothing of it from the first moment on. */
    keptFrom: keptFrom.default([]),
  }),
  /** `schoolId`: the school of the class it was told at. */
  answer: z.object({ id: z.uuid(), schoolId: z.uuid(), state: z.string(), version: z.number().int() }),
})

export const saveContent = endpoint({
  name: 'flows.save-content',
  method: 'PUT',
  path: '/api/schools/:schoolId/flow-cases/:caseId/content',
  summary: '保存草稿(边填边存)',
  forFamilies: true,
  params: key,
  query: none,
  body: z.object({ content: filledIn, version: z.number().int().min(1) }),
  answer: z.object({ savedAt: z.string() }),
})

export const moveCase = endpoint({
  name: 'flows.move-case',
  method: 'POST',
  path: '/api/schools/:schoolId/flow-cases/:caseId/moves',
  summary: '办理一步',
  forFamilies: true,
  params: key,
  query: none,
  body: z.object({
    /** Made by the writer: sending twice moves once. */
    stepId: z.uuid(),
    move: z.string().max(60),
    /** The version the person looked at. */
    version: z.number().int().min(1),
    reason: z.string().max(20_000).nullable().default(null),
    fields: filledIn.default({}),
  }),
  answer: z.object({ state: z.string(), version: z.number().int() }),
})

export const moveCases = endpoint({
  name: 'flows.move-cases',
  method: 'POST',
  path: '/api/schools/:schoolId/flow-moves',
  summary: '批量办理:同一事项、同一步',
  params: z.object({ schoolId: z.uuid() }),
  query: none,
  body: z.object({
    flow: z.string().max(60),
    move: z.string().max(60),
    reason: z.string().max(20_000).nullable().default(null),
    items: z
      .array(z.object({ caseId: z.uuid(), stepId: z.uuid(), version: z.number().int().min(1) }))
      .min(1)
      .max(5_000),
  }),
  answer: z.object({
    moved: z.number().int(),
    refused: z.array(z.object({ caseId: z.uuid(), sentence: z.string() })),
  }),
})

export const attachToCase = endpoint({
  name: 'flows.attach-file',
  method: 'PUT',
  path: '/api/schools/:schoolId/flow-cases/:caseId/files/:fileId',
  summary: '给事项附材料或签名(照片、PDF)',
  forFamilies: true,
  params: key.extend({ fileId: z.uuid() }),
  query: z.object({ purpose: z.enum(['material', 'signature', 'signed-paper', 'minutes']) }),
  body: 'upload',
  answer: z.object({ id: z.uuid() }),
})

export const getCaseFile = endpoint({
  name: 'flows.get-file',
  method: 'GET',
  path: '/api/schools/:schoolId/flow-cases/:caseId/files/:fileId',
  summary: '打开事项的材料',
  forFamilies: true,
  params: key.extend({ fileId: z.uuid() }),
  query: none,
  body: undefined,
  answer: 'file',
})

export const listOpenable = endpoint({
  name: 'flows.list-openable',
  method: 'GET',
  path: '/api/flows',
  summary: '我可以发起的事项',
  forFamilies: true,
  params: none,
  query: z.object({ schoolId: z.uuid().optional(), studentId: z.uuid().optional() }),
  body: undefined,
  answer: z.object({
    flows: z.array(
      z.object({
        id: z.string(),
        label: z.string(),
        aboutStudent: z.boolean(),
        neverPublished: z.boolean(),
        /** A guardian would find the case: one of them may be the harm, and can be left untold. */
        familySees: z.boolean(),
        form: z.array(fieldAsked),
        moves: z.array(moveOffered),
      }),
    ),
  }),
})

export const listMyCases = endpoint({
  name: 'flows.list-mine',
  method: 'GET',
  path: '/api/flow-cases/mine',
  summary: '我提出的事项:到哪一步了',
  forFamilies: true,
  params: none,
  query: none,
  body: undefined,
  answer: z.object({
    cases: z.array(
      z.object({
        schoolId: z.uuid(),
        caseId: z.uuid(),
        title: z.string(),
        studentName: z.string().nullable(),
        told: z.string(),
        final: z.boolean(),
        openedAt: z.string(),
        dueAt: z.string().nullable(),
      }),
    ),
  }),
})

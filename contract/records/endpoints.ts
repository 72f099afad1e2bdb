import { z } from 'zod'
import { endpoint, plainDate } from '#contract/platform'

const none = z.object({})
export const recordKey = z.object({ schoolId: z.uuid(), recordId: z.uuid() })

/** A record as sent by a device. The device makes the id, so sending twice stores once. */
export const recordInput = z.object({
  id: z.uuid(),
  /** Stable number of the record kind in the packs. */
  kind: z.number().int().min(1).max(32_000),
  /** Subjects; all of one school. */
  studentIds: z.array(z.uuid()).min(1).max(500),
  actDate: plainDate,
  mode: z.number().int().min(1).max(20).nullable(),
  /** Fields of the kind by field id: codes, numbers, dates, text. Validated against the kind. */
  fields: z.record(
    z.string().max(60),
    z.union([z.string().max(5_000), z.number(), z.boolean(), z.array(z.number().int()).max(50)]),
  ),
  /** The record this one corrects. */
  supersedes: z.uuid().nullable().default(null),
})
export type RecordInput = z.output<typeof recordInput>

export const addRecord = endpoint({
  name: 'records.add-record',
  method: 'POST',
  path: '/api/schools/:schoolId/records',
  summary: '记录:家访、谈话、成长奖励、救助性教育、集体教研、关键成长事件……',
  cites: ['T6', 'C9', 'C14', 'C25', 'G21'],
  params: z.object({ schoolId: z.uuid() }),
  query: none,
  body: recordInput,
  answer: z.object({
    id: z.uuid(),
    /** False when the same record had arrived before. */
    stored: z.boolean(),
    /** Duties this record counted for, in neutral words. */
    counted: z.array(z.object({ title: z.string(), met: z.boolean() })),
  }),
})

export const listRecordKinds = endpoint({
  name: 'records.list-kinds',
  method: 'GET',
  path: '/api/record-kinds',
  summary: '可登记的记录种类与表单字段',
  params: none,
  query: none,
  body: undefined,
  answer: z.object({
    kinds: z.array(
      z.object({
        kind: z.number().int(),
        id: z.string(),
        label: z.string(),
        neutralTitle: z.string(),
        many: z.boolean(),
        modes: z.array(z.object({ code: z.number().int(), label: z.string() })),
        fields: z.array(
          z.object({
            id: z.string(),
            label: z.string(),
            type: z.enum(['text', 'code', 'multi-code', 'date', 'integer', 'yes-no', 'money']),
            required: z.boolean(),
            max: z.number().int().nullable(),
            hint: z.string().nullable(),
            /** Heading of the form under which the field stands with its neighbours. */
            group: z.string().nullable(),
            codes: z.array(z.object({ code: z.number().int(), label: z.string() })),
          }),
        ),
      }),
    ),
  }),
})

const nextPage = {
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(50),
}

/** A record as one line of a list: nothing of what was written in it. */
const recordLine = z.object({
  schoolId: z.uuid(),
  id: z.uuid(),
  kindLabel: z.string(),
  modeLabel: z.string().nullable(),
  actDate: z.string(),
  authorName: z.string(),
  schoolName: z.string(),
  /** The first student it is about; null when none of them is theirs to see any more. */
  studentName: z.string().nullable(),
  className: z.string().nullable(),
  /** How many students it is about, as far as they see them. */
  students: z.number().int(),
})

export const listToReview = endpoint({
  name: 'records.list-to-review',
  method: 'GET',
  path: '/api/records/to-review',
  summary: '等我审核的记录:近一年、他人所记、还没有审核的,新的在前',
  cites: ['C9', 'C12'],
  params: none,
  query: z.object(nextPage),
  body: undefined,
  answer: z.object({ records: z.array(recordLine), after: z.string().nullable() }),
})

export const listMine = endpoint({
  name: 'records.list-mine',
  method: 'GET',
  path: '/api/records/mine',
  summary: '我记的某种记录(如家访),新的在前;已更正的只列更正后的',
  cites: ['T6', 'C9'],
  params: none,
  query: z.object({
    /** Id of the record kind in the packs: `home-visit`. */
    kind: z.string().min(1).max(60),
    ...nextPage,
  }),
  body: undefined,
  answer: z.object({
    records: z.array(
      recordLine.extend({
        /** Null where the kind asks for no review, or nobody reviewed it within a year. */
        state: z.enum(['waiting', 'reviewed', 'withdrawn']).nullable(),
      }),
    ),
    after: z.string().nullable(),
  }),
})

export const getRecord = endpoint({
  name: 'records.get-record',
  method: 'GET',
  path: '/api/schools/:schoolId/records/:recordId',
  summary: '一条记录的全文、更正沿革、附件(打开即记入审计)',
  cites: ['T6', 'C13'],
  params: recordKey,
  query: none,
  body: undefined,
  answer: z.object({
    id: z.uuid(),
    kind: z.number().int(),
    kindLabel: z.string(),
    actDate: z.string(),
    recordedAt: z.string(),
    authorName: z.string(),
    mine: z.boolean(),
    modeLabel: z.string().nullable(),
    fields: z.array(z.object({ id: z.string(), label: z.string(), value: z.string() })),
    values: z.record(z.string(), z.unknown()),
    subjects: z.array(z.object({ studentId: z.uuid(), name: z.string() })),
    attachments: z.array(z.object({ id: z.uuid(), mediaType: z.string(), byteSize: z.number().int() })),
    supersedes: z.uuid().nullable(),
    supersededBy: z.uuid().nullable(),
    withdrawn: z.boolean(),
    reviewed: z.boolean(),
    may: z.array(z.enum(['correct', 'withdraw', 'review', 'attach'])),
  }),
})

/** Heading of a form's fields that recognition may lean on: what was seen of the household's means. [T5] */
export const meansGroup = '家庭经济'

export const listHomeFindings = endpoint({
  name: 'records.list-home-findings',
  method: 'GET',
  path: '/api/schools/:schoolId/students/:studentId/home-findings',
  summary: '走访了解到的家庭经济:最近三次,可作认定依据(打开即记入审计)',
  cites: ['T5'],
  params: z.object({ schoolId: z.uuid(), studentId: z.uuid() }),
  query: none,
  body: undefined,
  answer: z.object({
    visits: z.array(
      z.object({
        recordId: z.uuid(),
        kindLabel: z.string(),
        modeLabel: z.string().nullable(),
        actDate: z.string(),
        authorName: z.string(),
        reviewed: z.boolean(),
        fields: z.array(z.object({ id: z.string(), label: z.string(), value: z.string() })),
      }),
    ),
  }),
})

export const reviewRecord = endpoint({
  name: 'records.review-record',
  method: 'POST',
  path: '/api/schools/:schoolId/records/:recordId/review',
  summary: '审核一条记录(不能审核自己的)',
  cites: ['C9', 'C12'],
  params: recordKey,
  query: none,
  body: z.object({}),
  answer: z.object({}),
})

export const withdrawRecord = endpoint({
  name: 'records.withdraw-record',
  method: 'POST',
  path: '/api/schools/:schoolId/records/:recordId/withdrawal',
  summary: '撤回自己误记的记录(留痕)',
  params: recordKey,
  query: none,
  body: z.object({ reason: z.string().trim().min(2).max(200) }),
  answer: z.object({}),
})

export const listRecordKeptFrom = endpoint({
  name: 'records.list-kept-from',
  method: 'GET',
  path: '/api/schools/:schoolId/records/:recordId/kept-from',
  summary: '一条记录:对哪位监护人不告知',
  cites: ['G33'],
  params: recordKey,
  query: none,
  body: undefined,
  answer: z.object({
    guardians: z.array(
      z.object({ contactId: z.uuid(), name: z.string(), relation: z.string().nullable(), kept: z.boolean() }),
    ),
  }),
})

export const keepRecordFrom = endpoint({
  name: 'records.keep-from',
  method: 'PUT',
  path: '/api/schools/:schoolId/records/:recordId/kept-from',
  summary: '一条记录:对所选监护人不告知',
  cites: ['G33'],
  params: recordKey,
  query: none,
  /** All of them from now on; whoever is left out finds it again as before. */
  body: z.object({ contactIds: z.array(z.uuid()).max(20) }),
  answer: z.object({}),
})

export const attachFile = endpoint({
  name: 'records.attach-file',
  method: 'POST',
  path: '/api/schools/:schoolId/records/:recordId/attachments/:attachmentId',
  summary: '给记录附照片或 PDF(每件不超过 10 MB)',
  cites: ['C13'],
  params: recordKey.extend({ attachmentId: z.uuid() }),
  query: none,
  body: 'upload',
  answer: z.object({ id: z.uuid() }),
})

export const getAttachment = endpoint({
  name: 'records.get-attachment',
  method: 'GET',
  path: '/api/schools/:schoolId/attachments/:attachmentId',
  summary: '打开附件(只给能看这条记录的人,记入审计)',
  cites: ['C13'],
  params: z.object({ schoolId: z.uuid(), attachmentId: z.uuid() }),
  query: none,
  body: undefined,
  answer: 'file',
})

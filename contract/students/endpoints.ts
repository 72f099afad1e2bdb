import { z } from 'zod'
import { endpoint, plainDate } from '#contract/platform'

const none = z.object({})
export const studentKey = z.object({ schoolId: z.uuid(), studentId: z.uuid() })

/** One line of a list of students. Nothing here is above L3; classes come only when the reader asks and may see them. */
export const studentLine = z.object({
  schoolId: z.uuid(),
  id: z.uuid(),
  name: z.string(),
  number: z.string().nullable(),
  sex: z.number().int().nullable(),
  grade: z.number().int().nullable(),
  classId: z.uuid(),
  className: z.string(),
  schoolName: z.string(),
  /** Hardship level code when the reader may see it. */
  level: z.number().int().nullable().optional(),
  lastVisit: z.string().nullable(),
  classes: z.array(z.object({ rule: z.number().int(), label: z.string() })).optional(),
})
export type StudentLine = z.infer<typeof studentLine>

/** A line as listed: the class says school and names, which stand once per page. */
export const listedStudent = studentLine.omit({ schoolId: true, className: true, schoolName: true })
export const listedClass = z.object({ id: z.uuid(), className: z.string(), schoolId: z.uuid(), schoolName: z.string() })

/** Lines with the names of their class and school. */
export const studentLines = (page: {
  readonly students: readonly z.infer<typeof listedStudent>[]
  readonly classes: readonly z.infer<typeof listedClass>[]
}): StudentLine[] => {
  const classes = new Map(page.classes.map((one) => [one.id, one]))
  return page.students.flatMap((student) => {
    const its = classes.get(student.classId)
    if (!its) return []
    return [{ ...student, schoolId: its.schoolId, className: its.className, schoolName: its.schoolName }]
  })
}

/** Who is asked for: without it those at school. */
const standing = z.enum(['on-leave', 'left'])

export const listStudents = endpoint({
  name: 'students.list-students',
  method: 'GET',
  path: '/api/students',
  summary: '学生列表:按姓名、拼音首字母、学号查找,按单位、对象类别筛选',
  cites: ['T1'],
  params: none,
  query: z.object({
    unit: z.uuid().optional(),
    search: z.string().trim().max(40).optional(),
    rule: z.coerce.number().int().optional(),
    mine: z.enum(['yes']).optional(),
    standing: standing.optional(),
    withClasses: z.enum(['yes']).optional(),
    after: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(50).default(50),
  }),
  body: undefined,
  /** `after` is the cursor of the next page. */
  answer: z.object({
    students: z.array(listedStudent),
    classes: z.array(listedClass),
    after: z.string().nullable(),
  }),
})

export const countStudents = endpoint({
  name: 'students.count-students',
  method: 'GET',
  path: '/api/students/count',
  summary: '符合条件的学生数',
  params: none,
  query: z.object({
    unit: z.uuid().optional(),
    search: z.string().trim().max(40).optional(),
    rule: z.coerce.number().int().optional(),
    mine: z.enum(['yes']).optional(),
    standing: standing.optional(),
  }),
  body: undefined,
  answer: z.object({ total: z.number().int(), capped: z.boolean() }),
})

export const listClassRules = endpoint({
  name: 'students.list-class-rules',
  method: 'GET',
  path: '/api/class-rules',
  summary: '我可见的对象类别(列表筛选用)',
  cites: ['T1'],
  params: none,
  query: none,
  body: undefined,
  answer: z.object({
    rules: z.array(
      z.object({ rule: z.number().int(), label: z.string(), secrecy: z.number().int(), proposes: z.boolean() }),
    ),
  }),
})

const source = z.object({ label: z.string(), asOf: z.string() }).nullable()

export const timelineEntry = z.object({
  id: z.uuid(),
  kind: z.number().int(),
  kindLabel: z.string(),
  actDate: z.string(),
  recordedAt: z.string(),
  authorName: z.string(),
  mode: z.number().int().nullable(),
  modeLabel: z.string().nullable(),
  coded: z.record(z.string(), z.unknown()),
  reviewed: z.boolean(),
  superseded: z.boolean(),
  attachments: z.number().int(),
  subjects: z.number().int(),
})

/** The file of one student: only the parts this person may see are present. */
export const getStudent = endpoint({
  name: 'students.get-student',
  method: 'GET',
  path: '/api/schools/:schoolId/students/:studentId',
  summary: '学生档案:情况(含来源)、对象类别、任务、帮扶人、监护人、最近记录',
  cites: ['T1', 'C15', 'C16', 'T6'],
  params: studentKey,
  query: none,
  body: undefined,
  answer: z.object({
    student: studentLine.extend({
      birthDate: z.string().nullable(),
      stage: z.number().int(),
      status: z.number().int(),
      enteredOn: z.string().nullable(),
      homeTown: z.string().nullable(),
      hasIdentity: z.boolean(),
    }),
    /** Why this person may see the file, in words. */
    relation: z.string(),
    facts: z.array(z.object({ fact: z.string(), label: z.string(), value: z.string(), domain: z.string(), source })),
    classes: z.array(
      z.object({
        rule: z.number().int(),
        key: z.string(),
        label: z.string(),
        since: z.string(),
        proposes: z.boolean(),
      }),
    ),
    duties: z.array(
      z.object({
        rule: z.number().int(),
        title: z.string(),
        periodLabel: z.string(),
        dueOn: z.string().nullable(),
        state: z.enum(['due', 'soon', 'overdue', 'done', 'missed']),
        done: z.number().int(),
        need: z.number().int(),
        post: z.string(),
        ownerName: z.string().nullable(),
        recordKind: z.number().int().nullable(),
        cite: z.string(),
        /** For a duty that a record made due: which record, and which one settled it. */
        event: z
          .object({
            recordId: z.uuid(),
            on: z.string(),
            settledBy: z.uuid().nullable(),
            settledOn: z.string().nullable(),
            late: z.boolean(),
          })
          .optional(),
      }),
    ),
    mentors: z
      .array(z.object({ pairingId: z.uuid(), personId: z.uuid(), name: z.string(), fromDate: z.string() }))
      .nullable(),
    contacts: z
      .array(
        z.object({
          id: z.uuid(),
          name: z.string(),
          relation: z.string().nullable(),
          isGuardian: z.boolean(),
          isCaretaker: z.boolean(),
          custody: z.string().nullable(),
          contactLimit: z.enum(['none', 'no-contact', 'supervised', 'ask-first']),
          hasPhone: z.boolean(),
        }),
      )
      .nullable(),
    household: z
      .object({
        town: z.string().nullable(),
        headName: z.string().nullable(),
        siblings: z.array(studentKey.extend({ name: z.string(), className: z.string() })),
      })
      .nullable(),
    recognition: z
      .object({
        level: z.number().int(),
        levelLabel: z.string(),
        basis: z.string(),
        fromDate: z.string(),
        untilDate: z.string(),
        decidedByName: z.string(),
      })
      .nullable(),
    timeline: z.array(timelineEntry),
    may: z.array(z.string()),
  }),
})

export const explainClass = endpoint({
  name: 'students.explain-class',
  method: 'GET',
  path: '/api/schools/:schoolId/students/:studentId/why/:rule',
  summary: '为什么:某一类别每个条件的取值、来源与缺什么',
  cites: ['T1', 'C8'],
  params: studentKey.extend({ rule: z.coerce.number().int() }),
  query: none,
  body: undefined,
  answer: z.object({
    label: z.string(),
    cite: z.string(),
    article: z.string(),
    standpoint: z.boolean(),
    answer: z.enum(['met', 'not-met', 'unknown']),
    lines: z.array(
      z.object({
        label: z.string(),
        sentence: z.string(),
        answer: z.enum(['met', 'not-met', 'unknown']),
        source: z.string().nullable(),
        asOf: z.string().nullable(),
      }),
    ),
  }),
})

export const revealIdentity = endpoint({
  name: 'students.reveal',
  method: 'POST',
  path: '/api/schools/:schoolId/students/:studentId/reveal',
  summary: '查看证件号或监护人电话(逐次记入审计)',
  cites: ['C13'],
  params: studentKey,
  query: none,
  body: z.object({ what: z.enum(['identity-number', 'contact-phone']), contactId: z.uuid().optional() }),
  answer: z.object({ value: z.string().nullable() }),
})

export const setContact = endpoint({
  name: 'students.set-contact',
  method: 'PUT',
  path: '/api/schools/:schoolId/students/:studentId/contacts/:contactId',
  summary: '登记孩子身边的人:监护人、实际照料人、联系限制',
  cites: ['T6'],
  params: studentKey.extend({ contactId: z.uuid() }),
  query: none,
  body: z.object({
    name: z.string().trim().min(1).max(36),
    relation: z.string().trim().max(20).nullable(),
    isGuardian: z.boolean(),
    isCaretaker: z.boolean(),
    custody: z.string().trim().max(60).nullable(),
    contactLimit: z.enum(['none', 'no-contact', 'supervised', 'ask-first']),
    contactReason: z.string().trim().max(500).nullable(),
    phone: z.string().trim().max(30).nullable(),
    fromDate: plainDate.nullable(),
    untilDate: plainDate.nullable(),
  }),
  answer: z.object({}),
})

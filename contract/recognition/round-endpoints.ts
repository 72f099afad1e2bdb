import { z } from 'zod'
import { endpoint, plainDate } from '#contract/platform'

const none = z.object({})

export const openRound = endpoint({
  name: 'recognition.open-round',
  method: 'POST',
  path: '/api/units/:unitId/rounds',
  summary: '开展一次学年申请:提前告知、起止日期',
  cites: ['C8', 'C19'],
  params: z.object({ unitId: z.uuid() }),
  query: none,
  body: z.object({
    id: z.uuid(),
    term: z.union([z.literal(1), z.literal(2)]),
    /** The school year it is for, by its first year: in summer the one to come, for those admitted. [C26] */
    schoolYear: z.number().int().min(2000).max(2199).optional(),
    /** Families read the notice from this day on. */
    noticeOn: plainDate,
    opensOn: plainDate,
    closesOn: plainDate,
    notice: z.string().trim().min(10).max(2_000),
  }),
  answer: none,
})

export const getApplicationSheet = endpoint({
  name: 'recognition.get-application-sheet',
  method: 'GET',
  path: '/api/schools/:schoolId/flow-cases/:caseId/sheet',
  summary: '申请表打印件:申请之外要印的学校、班级、评议和公示情况',
  cites: ['C8', 'C19'],
  forFamilies: true,
  params: z.object({ schoolId: z.uuid(), caseId: z.uuid() }),
  query: none,
  body: undefined,
  answer: z.object({
    schoolYear: z.number().int(),
    term: z.number().int(),
    /** College, major or grade above the class, from above. */
    above: z.array(z.object({ kind: z.string(), name: z.string() })),
    student: z
      .object({ sex: z.number().int().nullable(), birthDate: z.string().nullable(), number: z.string().nullable() })
      .nullable(),
    /** The closed sitting that judged it; null before, where nobody sits, and before the family. */
    panel: z
      .object({
        /** Members who did not stand aside, and of them those present. */
        due: z.number().int(),
        present: z.number().int(),
        choice: z.number().int().nullable(),
        chairName: z.string(),
        closedOn: z.string(),
      })
      .nullable(),
  }),
})

const round = z.object({
  id: z.uuid(),
  unitName: z.string(),
  schoolYear: z.number().int(),
  term: z.number().int(),
  noticeOn: z.string(),
  opensOn: z.string(),
  closesOn: z.string(),
  notice: z.string(),
  /** Open for applications today. */
  isOpen: z.boolean(),
})

export const listRounds = endpoint({
  name: 'recognition.list-rounds',
  method: 'GET',
  path: '/api/units/:unitId/rounds',
  summary: '学年申请:告知和日期',
  cites: ['C8'],
  forFamilies: true,
  params: z.object({ unitId: z.uuid() }),
  query: none,
  body: undefined,
  answer: z.object({ rounds: z.array(round) }),
})

export const getRoundProgress = endpoint({
  name: 'recognition.get-round-progress',
  method: 'GET',
  path: '/api/rounds/:roundId/progress',
  summary: '一次学年申请办到哪里:各班各步多少件',
  cites: ['C8', 'C19'],
  params: z.object({ roundId: z.uuid() }),
  query: z.object({ unit: z.uuid() }),
  body: undefined,
  answer: z.object({
    round,
    states: z.array(z.object({ id: z.string(), label: z.string() })),
    lines: z.array(
      z.object({
        unitId: z.uuid(),
        unitName: z.string(),
        schoolName: z.string(),
        total: z.number().int(),
        overdue: z.number().int(),
        byState: z.record(z.string(), z.number().int()),
      }),
    ),
  }),
})

export const getAnnouncement = endpoint({
  name: 'recognition.get-announcement',
  method: 'GET',
  path: '/api/schools/:schoolId/announcement',
  summary: '本校正在公示的名单(到期自动撤下)',
  cites: ['C19'],
  forFamilies: true,
  params: z.object({ schoolId: z.uuid() }),
  /** A procedure; what is never published is refused and on file. */
  query: z.object({ flow: z.string().max(60).optional() }),
  body: undefined,
  answer: z.object({
    title: z.string(),
    schoolName: z.string(),
    lines: z.array(
      z.object({
        line: z.string(),
        name: z.string(),
        className: z.string(),
        gradeName: z.string().nullable(),
        collegeName: z.string().nullable(),
        schoolName: z.string(),
        level: z.string(),
        until: z.string(),
      }),
    ),
  }),
})

export const object = endpoint({
  name: 'recognition.object',
  method: 'POST',
  path: '/api/schools/:schoolId/objections',
  summary: '对公示提出异议(可不留姓名)',
  cites: ['C19'],
  forFamilies: true,
  params: z.object({ schoolId: z.uuid() }),
  query: none,
  body: z.object({
    id: z.uuid(),
    stepId: z.uuid(),
    line: z.string().max(60),
    facts: z.string().trim().min(10).max(1_000),
    anonymous: z.boolean().default(false),
  }),
  answer: z.object({ state: z.string() }),
})

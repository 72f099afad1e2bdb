import { z } from 'zod'
import { filledIn } from '#contract/flows'
import { endpoint } from '#contract/platform'

const none = z.object({})
const code = z.object({ code: z.string().trim().min(16).max(40) })

export const findSchools = endpoint({
  name: 'voices.find-schools',
  method: 'GET',
  path: '/api/open/schools',
  summary: '匿名来信:按名称找学校或县区',
  cites: ['G16'],
  open: true,
  params: none,
  query: z.object({ name: z.string().trim().min(2).max(40) }),
  body: undefined,
  answer: z.object({ units: z.array(z.object({ id: z.uuid(), name: z.string(), within: z.string() })) }),
})

export const sendAnonymously = endpoint({
  name: 'voices.send-anonymously',
  method: 'POST',
  path: '/api/open/voices',
  summary: '匿名来信:异议、线索、诉求,或报告伤害',
  cites: ['C19', 'G16', 'Z9'],
  open: true,
  params: none,
  query: none,
  body: z.object({ unitId: z.uuid(), flow: z.enum(['voice', 'mistreatment']), content: filledIn }),
  /** The only key to come back with; nothing else of the sender is kept. */
  answer: z.object({ code: z.string() }),
})

export const lookAnonymously = endpoint({
  name: 'voices.look-anonymously',
  method: 'POST',
  path: '/api/open/voices/look',
  summary: '匿名来信:凭回访码看办到哪一步',
  cites: ['C19', 'G16', 'Z9'],
  open: true,
  params: none,
  query: none,
  body: code,
  answer: z.object({
    told: z.string(),
    /** What was answered; null until then. */
    answer: z.string().nullable(),
    dueAt: z.string().nullable(),
    /** The answer waits to be judged. */
    mayJudge: z.boolean(),
    final: z.boolean(),
  }),
})

export const judgeAnonymously = endpoint({
  name: 'voices.judge-anonymously',
  method: 'POST',
  path: '/api/open/voices/judge',
  summary: '匿名来信:评价答复,或请上级再看',
  cites: ['G16'],
  open: true,
  params: none,
  query: none,
  body: code.extend({
    satisfaction: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable(),
    /** Written when the unit above is to look again. */
    reason: z.string().trim().max(1_000).nullable(),
  }),
  answer: z.object({ told: z.string() }),
})

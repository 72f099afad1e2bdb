import { z } from 'zod'
import { endpoint } from '#contract/platform'

const none = z.object({})
const unit = z.object({ unitId: z.uuid() })

/** On duty: takes reports in. Deputy: decides while the approver is absent. Absent: an approver who cannot be reached. */
export const rosterPart = z.enum(['on-duty', 'deputy', 'absent'])

export const listFunds = endpoint({
  name: 'care.list-funds',
  method: 'GET',
  path: '/api/units/:unitId/aid-funds',
  summary: '应急资金:本单位和上级可用的资金和余额',
  cites: ['X9'],
  params: unit,
  query: none,
  body: undefined,
  answer: z.object({
    /** The unit that keeps them: the school of a class. */
    unitId: z.uuid(),
    mayKeep: z.boolean(),
    funds: z.array(
      z.object({
        number: z.number().int(),
        name: z.string(),
        unitId: z.uuid(),
        unitName: z.string(),
        balanceFen: z.number().int(),
        own: z.boolean(),
      }),
    ),
  }),
})

export const putIntoFund = endpoint({
  name: 'care.put-into-fund',
  method: 'POST',
  path: '/api/units/:unitId/aid-funds',
  summary: '应急资金:设立或存入',
  cites: ['X9'],
  params: unit,
  query: none,
  body: z.object({
    entryId: z.uuid(),
    number: z.number().int().min(1).max(9_999),
    name: z.string().trim().min(1).max(40),
    amountFen: z.number().int().min(1).max(1_000_000_000_00),
  }),
  answer: z.object({ balanceFen: z.number().int() }),
})

export const listFundEntries = endpoint({
  name: 'care.list-fund-entries',
  method: 'GET',
  path: '/api/units/:unitId/aid-funds/:number/entries',
  summary: '应急资金:一项资金的收支明细',
  cites: ['X9'],
  params: unit.extend({ number: z.coerce.number().int().min(1).max(9_999) }),
  query: none,
  body: undefined,
  answer: z.object({
    name: z.string(),
    balanceFen: z.number().int(),
    entries: z.array(
      z.object({
        id: z.uuid(),
        at: z.string(),
        amountFen: z.number().int(),
        byName: z.string(),
        /** The school it was granted at; null for money put in. */
        schoolName: z.string().nullable(),
        /** The case, for who finds it. */
        schoolId: z.uuid().nullable(),
        caseId: z.uuid().nullable(),
      }),
    ),
  }),
})

export const listRoster = endpoint({
  name: 'care.list-roster',
  method: 'GET',
  path: '/api/units/:unitId/duty-roster',
  summary: '值班表:值班、代理审批、不在岗',
  cites: ['X9'],
  params: unit,
  query: none,
  body: undefined,
  answer: z.object({
    entries: z.array(
      z.object({
        id: z.uuid(),
        personId: z.uuid(),
        name: z.string(),
        part: rosterPart,
        fromAt: z.string(),
        untilAt: z.string(),
        now: z.boolean(),
      }),
    ),
    /** The unit that keeps it: the school of a class. */
    unitId: z.uuid(),
    unitName: z.string(),
    /** Whether one may enter and end stretches here. */
    mayKeep: z.boolean(),
  }),
})

export const enterRoster = endpoint({
  name: 'care.enter-roster',
  method: 'POST',
  path: '/api/units/:unitId/duty-roster',
  summary: '值班表:安排一个时段',
  cites: ['X9'],
  params: unit,
  query: none,
  body: z.object({
    id: z.uuid(),
    personId: z.uuid(),
    part: rosterPart,
    fromAt: z.iso.datetime({ offset: true }),
    untilAt: z.iso.datetime({ offset: true }),
  }),
  answer: none,
})

export const endRosterEntry = endpoint({
  name: 'care.end-roster-entry',
  method: 'POST',
  path: '/api/units/:unitId/duty-roster/:entryId/end',
  summary: '值班表:从现在起取消一个时段',
  cites: ['X9'],
  params: unit.extend({ entryId: z.uuid() }),
  query: none,
  body: none,
  answer: none,
})

import { z } from 'zod'
import { endpoint } from '#contract/platform'
import { type PanelSide, panelSides } from '#contract/policies'

const none = z.object({})
const panel = z.object({ panelId: z.uuid() })
const panelCase = panel.extend({ caseId: z.uuid() })
const side = z.enum(Object.keys(panelSides) as [PanelSide, ...PanelSide[]])
const counts = { cases: z.number().int(), decided: z.number().int() }

export const convenePanel = endpoint({
  name: 'flows.convene-panel',
  method: 'POST',
  path: '/api/panels',
  summary: '组成评议组,评议所列单位现在等待评议的事项',
  cites: ['C19'],
  params: none,
  query: none,
  body: z.object({
    id: z.uuid(),
    flow: z.string().max(60),
    /** State of the procedure that is deliberated on; its first one with a panel when left out. */
    state: z.string().max(60).optional(),
    /** The unit that convenes: the class, the grade, the school; for joint panels the central school or county. */
    unitId: z.uuid(),
    /** Units whose cases are judged, at or below the one that convenes; the one that convenes when empty. */
    units: z.array(z.uuid()).max(50).default([]),
    members: z
      .array(
        z.object({
          seat: z.uuid(),
          /** Null for somebody without an account, who votes on paper. */
          personId: z.uuid().nullable(),
          name: z.string().trim().min(1).max(60),
          side,
          chair: z.boolean(),
        }),
      )
      .min(1)
      .max(60),
  }),
  answer: z.object({ id: z.uuid(), cases: z.number().int() }),
})

export const listPanels = endpoint({
  name: 'flows.list-panels',
  method: 'GET',
  path: '/api/panels',
  summary: '我参加的和我单位的评议',
  cites: ['C19'],
  forFamilies: true,
  params: none,
  query: z.object({ flow: z.string().max(60).optional() }),
  body: undefined,
  answer: z.object({
    panels: z.array(
      z.object({
        id: z.uuid(),
        label: z.string(),
        unitName: z.string(),
        flow: z.string(),
        title: z.string(),
        isMember: z.boolean(),
        convenedAt: z.string(),
        closedAt: z.string().nullable(),
        ...counts,
      }),
    ),
    /** Units of mine where cases wait for a panel to be made up. */
    waiting: z.array(
      z.object({
        flow: z.string(),
        state: z.string(),
        /** What is waited for, in the words of the procedure. */
        stateLabel: z.string(),
        title: z.string(),
        unitId: z.uuid(),
        unitName: z.string(),
        schoolId: z.uuid(),
        schoolName: z.string(),
        cases: z.number().int(),
        /** What the pack asks; null where there is no panel. */
        sides: z.array(side),
        least: z.number().int(),
        joins: z.array(z.string()),
        /** Whether I convene there by a post at the school; whoever stands above convenes joint sittings only. */
        mayAlone: z.boolean(),
        /** My unit above at which this one may sit together with others; null where the pack knows no joint sitting. */
        joint: z.object({ unitId: z.uuid(), unitName: z.string() }).nullable(),
      }),
    ),
  }),
})

export const listPanelPeople = endpoint({
  name: 'flows.list-panel-people',
  method: 'GET',
  path: '/api/units/:unitId/panel-people',
  summary: '评议组可以请的家长代表、同学',
  cites: ['C19'],
  params: z.object({ unitId: z.uuid() }),
  query: z.object({ side: z.enum(['parent', 'student']), search: z.string().trim().max(40).default('') }),
  body: undefined,
  answer: z.object({
    people: z.array(
      z.object({
        /** Null for a classmate without an account, who votes on paper. */
        personId: z.uuid().nullable(),
        name: z.string(),
        /** Whose parent, or which class. */
        words: z.string(),
      }),
    ),
  }),
})

export const getPanel = endpoint({
  name: 'flows.get-panel',
  method: 'GET',
  path: '/api/panels/:panelId',
  summary: '一次评议:成员、到会、各件的情况和结果',
  cites: ['C19'],
  forFamilies: true,
  params: panel,
  query: none,
  body: undefined,
  answer: z.object({
    label: z.string(),
    title: z.string(),
    unitName: z.string(),
    closedAt: z.string().nullable(),
    quorum: z.object({ needed: z.number().int(), present: z.number().int() }),
    isChair: z.boolean(),
    /** May mark presence, enter paper ballots and close: the chair and whoever may convene there. */
    keeps: z.boolean(),
    mySeat: z.uuid().nullable(),
    choices: z.array(z.object({ code: z.number().int(), label: z.string() })),
    members: z.array(
      z.object({
        seat: z.uuid(),
        name: z.string(),
        side,
        chair: z.boolean(),
        account: z.boolean(),
        present: z.boolean(),
      }),
    ),
    cases: z.array(
      z.object({
        schoolId: z.uuid(),
        caseId: z.uuid(),
        number: z.number().int(),
        studentName: z.string().nullable(),
        className: z.string().nullable(),
        /** Neutral sheet for members who are no staff: they open no papers. */
        opensPapers: z.boolean(),
        /** Advice worked out beside the panel; absent on the neutral sheet. */
        advice: z.array(z.object({ label: z.string(), words: z.string() })),
        voted: z.number().int(),
        due: z.number().int(),
        /** Seats that stand aside, as far as the reader keeps the panel. */
        aside: z.array(z.uuid()),
        hasVoted: z.boolean(),
        /** Seats that have voted, for who enters paper ballots. */
        votedSeats: z.array(z.uuid()),
        result: z.enum(['waiting', 'agreed', 'tied', 'no-quorum']),
        choice: z.number().int().nullable(),
        between: z.array(z.number().int()),
        /** Ballots by choice: once everybody present has voted. */
        votes: z.array(z.object({ choice: z.number().int().nullable(), count: z.number().int() })),
      }),
    ),
    /** The sealed minutes, once closed, for who keeps the panel. */
    minutes: z.object({ text: z.string(), sha256: z.string(), closedBy: z.string() }).nullable(),
  }),
})

export const markPresence = endpoint({
  name: 'flows.mark-presence',
  method: 'POST',
  path: '/api/panels/:panelId/presence',
  summary: '登记到会',
  cites: ['C19'],
  params: panel,
  query: none,
  body: z.object({ present: z.array(z.uuid()).max(60) }),
  answer: z.object({ present: z.number().int(), needed: z.number().int() }),
})

export const standAside = endpoint({
  name: 'flows.stand-aside',
  method: 'POST',
  path: '/api/panels/:panelId/cases/:caseId/asides',
  summary: '回避(本人声明,或组长登记)',
  cites: ['C19'],
  forFamilies: true,
  params: panelCase,
  query: none,
  body: z.object({ seat: z.uuid(), reason: z.string().trim().min(2).max(200) }),
  answer: none,
})

export const castVote = endpoint({
  name: 'flows.cast-vote',
  method: 'POST',
  path: '/api/panels/:panelId/cases/:caseId/votes',
  summary: '表决一件(一人一票,可弃权)',
  cites: ['C19'],
  forFamilies: true,
  params: panelCase,
  query: none,
  body: z.object({
    /** The member's own seat, or for paper ballots the seat of somebody without an account. */
    seat: z.uuid(),
    choice: z.number().int().nullable(),
  }),
  answer: none,
})

export const decideTie = endpoint({
  name: 'flows.decide-tie',
  method: 'POST',
  path: '/api/panels/:panelId/cases/:caseId/decision',
  summary: '票数相同时组长写明理由后决定',
  cites: ['C19'],
  params: panelCase,
  query: none,
  body: z.object({ choice: z.number().int(), reason: z.string().trim().min(4).max(500) }),
  answer: none,
})

export const closePanel = endpoint({
  name: 'flows.close-panel',
  method: 'POST',
  path: '/api/panels/:panelId/close',
  summary: '结束评议:结果和纪要不再更改',
  cites: ['C19'],
  params: panel,
  query: none,
  body: z.object({ minutes: z.string().trim().min(4).max(5_000) }),
  answer: z.object({ cases: z.number().int(), sha256: z.string() }),
})

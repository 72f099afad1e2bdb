import {
  type bounds,
  findSchools,
  judgeAnonymously,
  lookAnonymously,
  openBounds,
  sendAnonymously,
  tooMany,
} from '#contract/voices'
import type { Engine } from '#server/flows'
import { type Served, serve } from '#server/platform'
import {
  findSchools as find,
  judgeAnonymously as judge,
  lookAnonymously as look,
  sendAnonymously as send,
} from './anonymous.ts'

/** Open endpoints of letters without a name, each bounded per caller and in all. */
export const served = (engine: Engine): Served[] => {
  const allow = openBounds()
  const insist = (kind: keyof typeof bounds, caller: string): void => {
    if (!allow(kind, caller, engine.now().getTime())) throw tooMany()
  }
  return [
    serve(findSchools, ({ query, caller }) => {
      insist('find', caller)
      return find(engine, query)
    }),
    serve(sendAnonymously, ({ body, caller }) => {
      insist('send', caller)
      return send(engine, body)
    }),
    serve(lookAnonymously, ({ body, caller }) => {
      insist('look', caller)
      return look(engine, body)
    }),
    serve(judgeAnonymously, ({ body, caller }) => {
      insist('look', caller)
      return judge(engine, body)
    }),
  ]
}

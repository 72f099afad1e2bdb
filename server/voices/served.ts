import {
  bounds,
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
import { allUnits, countUse } from './keep-bounds.ts'

/** Open endpoints of letters without a name, each bounded per caller and in all. */
export const served = (engine: Engine): Served[] => {
  const allow = openBounds()
  // Each caller in memory, all together in the database: a start of the program begins no new hour.
  const insist = async (kind: keyof typeof bounds, caller: string): Promise<void> => {
    if (!allow(kind, caller, engine.now().getTime())) throw tooMany()
    await engine.services.door.asJob('importer', (db) => countUse(db, allUnits, kind, bounds[kind].all, engine.now()))
  }
  return [
    serve(findSchools, async ({ query, caller }) => {
      await insist('find', caller)
      return find(engine, query)
    }),
    serve(sendAnonymously, async ({ body, caller }) => {
      await insist('send', caller)
      return send(engine, body)
    }),
    serve(lookAnonymously, async ({ body, caller }) => {
      await insist('look', caller)
      return look(engine, body)
    }),
    serve(judgeAnonymously, async ({ body, caller }) => {
      await insist('look', caller)
      return judge(engine, body)
    }),
  ]
}

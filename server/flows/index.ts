export { countBoxes } from './count-boxes.ts'
export { asParticipant } from './desks.ts'
export { type Engine, openEngine, type RelationsOver } from './engine.ts'
export { findCases } from './find-case.ts'
export { keepClocks } from './keep-clocks.ts'
export { moveCaseFor } from './move-case.ts'
export { openCaseFor, openCaseWithin } from './open-case.ts'
export type {
  Begun,
  Case,
  Change,
  Doer,
  Filled,
  FollowedMany,
  Made,
  MadeMany,
  Opening,
  PanelState,
  Procedure,
} from './procedure.ts'
export { served } from './served.ts'
export { followPosts, settleDesks } from './settle-desks.ts'
export { tellPeople } from './tell-people.ts'
export { whenFamilyLinked } from './when-family-linked.ts'
export { closeTasks, isWritten, writeDirectSteps } from './write-direct-steps.ts'

export { mentorsLeft } from './mentors-left.ts'
export type { NextDue, NextDues } from './my-students.ts'
export { type PairingChanged, pairingChanged } from './pairing-changed.ts'
export { served } from './served.ts'

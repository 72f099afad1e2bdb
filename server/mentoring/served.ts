import { endPairing, myStudents, pairMentor } from '#contract/mentoring'
import type { SeesOf } from '#server/people'
import { type Served, type Services, serve } from '#server/platform'
import { endPairing as end } from './end-pairing.ts'
import { myStudents as mine, type NextDues } from './my-students.ts'
import { pairMentor as pair } from './pair-mentor.ts'
import { listenToDepartures } from './when-person-left.ts'

/** Endpoints of mentors and their students. */
export const served = (services: Services, seesOf: SeesOf, nextDues: NextDues): Served[] => {
  listenToDepartures(services)
  return [
    serve(pairMentor, ({ actor, params, body }) => pair(services, seesOf, actor, params, body)),
    serve(endPairing, ({ actor, params, body }) => end(services, seesOf, actor, params, body)),
    serve(myStudents, ({ actor }) => mine(services, nextDues, actor)),
  ]
}

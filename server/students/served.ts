import type { Refusal } from '#contract/platform'
import {
  barStaff,
  countStudents,
  liftBar,
  listBars,
  listClassRules,
  listStudents,
  revealIdentity,
  setContact,
} from '#contract/students'
import type { SeesOf } from '#server/people'
import { type Actor, type Served, type Services, serve } from '#server/platform'
import { keepAway } from './bar-staff.ts'
import { liftBar as letBack } from './lift-bar.ts'
import { readBars } from './list-bars.ts'
import { type ClassesAt, readClassRules } from './list-class-rules.ts'
import { countMatching, readStudents } from './list-students.ts'
import { reveal } from './reveal.ts'
import { keepContact } from './set-contact.ts'

/** Why somebody may not ask who is in a class; undefined when they may. */
export type WhyNotNamed = (
  actor: Actor,
  classNumber: number,
  door: 'filter' | 'search' | 'count',
) => Refusal | undefined

const insist = (
  whyNot: WhyNotNamed,
  actor: Actor,
  rule: number | undefined,
  door: Parameters<WhyNotNamed>[2],
): void => {
  const refusal = rule === undefined ? undefined : whyNot(actor, rule, door)
  if (refusal) throw refusal
}

/**
 * Endpoints of the student list and the people around a child. `seesOf` says what posts see, `classesAt` which classes are
 * in force at a unit, `whyNotNamed` who may be asked for by a class. [G3]
 */
export const served = (
  services: Services,
  seesOf: SeesOf,
  classesAt: ClassesAt,
  whyNotNamed: WhyNotNamed = () => undefined,
): Served[] => [
  serve(listStudents, ({ actor, query }) => {
    insist(whyNotNamed, actor, query.rule, query.search ? 'search' : 'filter')
    return readStudents(services, actor, query)
  }),
  serve(countStudents, ({ actor, query }) => {
    insist(whyNotNamed, actor, query.rule, 'count')
    return countMatching(services, actor, query)
  }),
  serve(listClassRules, ({ actor }) => readClassRules(services, classesAt, actor)),
  serve(revealIdentity, ({ actor, params, body }) => reveal(services, actor, params, body)),
  serve(listBars, ({ actor, params }) => readBars(services, actor, params)),
  serve(barStaff, ({ actor, params, body }) => keepAway(services, seesOf, actor, params, body)),
  serve(liftBar, ({ actor, params }) => letBack(services, seesOf, actor, params)),
  serve(setContact, ({ actor, params, body }) => keepContact(services, actor, params, body)),
]

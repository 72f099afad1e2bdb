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
import { type Served, type Services, serve } from '#server/platform'
import { keepAway } from './bar-staff.ts'
import { liftBar as letBack } from './lift-bar.ts'
import { readBars } from './list-bars.ts'
import { type ClassesAt, readClassRules } from './list-class-rules.ts'
import { countMatching, readStudents } from './list-students.ts'
import { reveal } from './reveal.ts'
import { keepContact } from './set-contact.ts'

/** Endpoints of the student list and the people around a child. `seesOf` says what posts see, `classesAt` says which classes are in force at a unit. */
export const served = (services: Services, seesOf: SeesOf, classesAt: ClassesAt): Served[] => [
  serve(listStudents, ({ actor, query }) => readStudents(services, actor, query)),
  serve(countStudents, ({ actor, query }) => countMatching(services, actor, query)),
  serve(listClassRules, ({ actor }) => readClassRules(services, classesAt, actor)),
  serve(revealIdentity, ({ actor, params, body }) => reveal(services, actor, params, body)),
  serve(listBars, ({ actor, params }) => readBars(services, actor, params)),
  serve(barStaff, ({ actor, params, body }) => keepAway(services, seesOf, actor, params, body)),
  serve(liftBar, ({ actor, params }) => letBack(services, seesOf, actor, params)),
  serve(setContact, ({ actor, params, body }) => keepContact(services, actor, params, body)),
]

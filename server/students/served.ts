import { countStudents, listClassRules, listStudents, revealIdentity, setContact } from '#contract/students'
import { type Served, type Services, serve } from '#server/platform'
import { type ClassesAt, readClassRules } from './list-class-rules.ts'
import { countMatching, readStudents } from './list-students.ts'
import { reveal } from './reveal.ts'
import { keepContact } from './set-contact.ts'

/** Endpoints of the student list and the people around a child. `classesAt` says which classes are in force at a unit. */
export const served = (services: Services, classesAt: ClassesAt): Served[] => [
  serve(listStudents, ({ actor, query }) => readStudents(services, actor, query)),
  serve(countStudents, ({ actor, query }) => countMatching(services, actor, query)),
  serve(listClassRules, ({ actor }) => readClassRules(services, classesAt, actor)),
  serve(revealIdentity, ({ actor, params, body }) => reveal(services, actor, params, body)),
  serve(setContact, ({ actor, params, body }) => keepContact(services, actor, params, body)),
]

import { explainClass, getStudent } from '#contract/students'
import type { Plans } from '#server/duties'
import { whyNotNamed } from '#server/guards'
import { type Served, type Services, serve } from '#server/platform'
import type { Registry } from '#server/policies'
import { explainMembership } from './explain-class.ts'
import { readStudentFile } from './get-student.ts'

/** Endpoints of the student's file, which reads from every capability below. */
export const served = (services: Services, registry: Registry, plans: Plans): Served[] => [
  serve(getStudent, ({ actor, params }) => readStudentFile(services, registry, plans, actor, params)),
  serve(explainClass, ({ actor, params }) => {
    const refusal = whyNotNamed(registry, services.today)(actor, params.rule, 'api')
    if (refusal) throw refusal
    return explainMembership(services, registry, actor, params)
  }),
]

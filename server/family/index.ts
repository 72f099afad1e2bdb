import { getMyChildren } from '#contract/family'
import { type Served, type Services, serve } from '#server/platform'
import { getMyChildren as myChildren } from './get-my-children.ts'

/** Endpoints of guardians and students. */
export const served = (services: Services): Served[] => [
  serve(getMyChildren, ({ actor }) => myChildren(services, actor)),
]

import { getMyChildren, listMyRecords } from '#contract/family'
import { type Served, type Services, serve } from '#server/platform'
import type { Registry } from '#server/policies'
import { getMyChildren as myChildren } from './get-my-children.ts'
import { listMyRecords as myRecords } from './list-records.ts'

/** Endpoints of guardians and students. */
export const served = (services: Services, registry: Registry): Served[] => [
  serve(getMyChildren, ({ actor }) => myChildren(services, actor)),
  serve(listMyRecords, ({ actor, params }) => myRecords(services, registry, actor, params)),
]

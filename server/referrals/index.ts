import { listDepartments } from '#contract/referrals'
import type { Engine } from '#server/flows'
import { type Served, serve } from '#server/platform'
import { listDepartments as departments } from './departments.ts'

export { handOverProcedure } from './hand-over.ts'

/** Endpoints of hand-overs beside the procedure. */
export const served = ({ services }: Engine): Served[] => [
  serve(listDepartments, ({ actor, params }) => departments(services, actor, params.schoolId)),
]

import { getUnit } from '#contract/organisations'
import { appoint, demoAccounts, endAppointment, getMe, listAudit, listPeople, signIn, signOut } from '#contract/people'
import { type Served, type Services, serve } from '#server/platform'
import { appoint as givePost } from './appoint.ts'
import { demoAccounts as demoSignIns } from './demo-accounts.ts'
import { endAppointment as takePost } from './end-appointment.ts'
import { getMe as me } from './get-me.ts'
import { type CentresAt, getUnit as unitPage } from './get-unit.ts'
import { listAudit as auditLog } from './list-audit.ts'
import { listPeople as people } from './list-people.ts'
import type { SeesOf } from './sight.ts'
import { signIn as openSession } from './sign-in.ts'
import { signOut as closeSession } from './sign-out.ts'
import { listenToUnits } from './when-unit-changed.ts'

/**
 * Endpoints of sign-in, posts, the unit page and the audit log. `seesOf` says what posts see and `centresAt` what a unit
 * must have, under the packs in force.
 */
export const served = (services: Services, seesOf: SeesOf, centresAt: CentresAt): Served[] => {
  listenToUnits(services, seesOf)
  return [
    serve(signIn, ({ body }) => openSession(services, body)),
    serve(signOut, ({ actor }) => closeSession(services, actor)),
    serve(getMe, ({ actor }) => me(services, actor)),
    serve(demoAccounts, () => demoSignIns(services)),
    serve(listPeople, ({ actor, query }) => people(services, actor, query)),
    serve(appoint, ({ actor, body }) => givePost(services, seesOf, actor, body)),
    serve(endAppointment, ({ actor, params, body }) => takePost(services, seesOf, actor, params.appointmentId, body)),
    serve(listAudit, ({ actor, query }) => auditLog(services, actor, query)),
    serve(getUnit, ({ actor, params }) => unitPage(services, centresAt, actor, params.unitId)),
  ]
}

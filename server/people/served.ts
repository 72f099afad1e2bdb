import { getUnit } from '#contract/organisations'
import {
  appoint,
  changePassword,
  delegatePost,
  demoAccounts,
  endAppointment,
  endDelegation,
  getAccount,
  getMe,
  giveAccount,
  inviteFamily,
  leaveStaff,
  listAudit,
  listDelegations,
  listFamilyAccounts,
  listPeople,
  renewFamilyCode,
  reopenAccount,
  reopenFamilyAccount,
  resetPassword,
  returnStaff,
  signIn,
  signOut,
  stopAccount,
  stopFamilyAccount,
} from '#contract/people'
import { type Served, type Services, serve } from '#server/platform'
import { appoint as givePost } from './appoint.ts'
import { changePassword as replacePassword } from './change-password.ts'
import { delegatePost as lendPost } from './delegate-post.ts'
import { demoAccounts as demoSignIns } from './demo-accounts.ts'
import { endAppointment as takePost } from './end-appointment.ts'
import { endDelegation as takeLentBack } from './end-delegation.ts'
import { getAccount as accountOf } from './get-account.ts'
import { getMe as me } from './get-me.ts'
import { type CentresAt, getUnit as unitPage } from './get-unit.ts'
import { giveAccount as openAccount } from './give-account.ts'
import { renewFamilyCode as newCode, inviteFamily as openFamily } from './invite-family.ts'
import { leave } from './leave.ts'
import { listAudit as auditLog } from './list-audit.ts'
import { listDelegations as delegations } from './list-delegations.ts'
import { listFamilyAccounts as familyAccounts } from './list-family-accounts.ts'
import { listPeople as people } from './list-people.ts'
import { reopenAccount as letIn } from './reopen-account.ts'
import { resetPassword as tellNewPassword } from './reset-password.ts'
import { returnStaff as takeBack } from './return-staff.ts'
import type { SeesOf } from './sight.ts'
import { signIn as openSession } from './sign-in.ts'
import { signOut as closeSession } from './sign-out.ts'
import { stopAccount as shutOut } from './stop-account.ts'
import { reopenFamilyAccount as letFamilyIn, stopFamilyAccount as shutFamilyOut } from './stop-family-account.ts'
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
    serve(delegatePost, ({ actor, body }) => lendPost(services, seesOf, actor, body)),
    serve(endDelegation, ({ actor, params }) => takeLentBack(services, seesOf, actor, params.delegationId)),
    serve(listDelegations, ({ actor }) => delegations(services, actor)),
    serve(getAccount, ({ actor, params }) => accountOf(services, actor, params.personId)),
    serve(giveAccount, ({ actor, params, body }) => openAccount(services, seesOf, actor, params.personId, body)),
    serve(resetPassword, ({ actor, params }) => tellNewPassword(services, actor, params.personId)),
    serve(stopAccount, ({ actor, params }) => shutOut(services, actor, params.personId)),
    serve(reopenAccount, ({ actor, params }) => letIn(services, actor, params.personId)),
    serve(leaveStaff, ({ actor, params, body }) => leave(services, seesOf, actor, params.personId, body)),
    serve(returnStaff, ({ actor, params }) => takeBack(services, actor, params.personId)),
    serve(changePassword, ({ actor, body }) => replacePassword(services, actor, body)),
    serve(listFamilyAccounts, ({ actor, params }) => familyAccounts(services, actor, params)),
    serve(inviteFamily, ({ actor, params, body }) => openFamily(services, actor, params, body)),
    serve(renewFamilyCode, ({ actor, params, body }) => newCode(services, actor, params, body)),
    serve(stopFamilyAccount, ({ actor, params }) => shutFamilyOut(services, actor, params)),
    serve(reopenFamilyAccount, ({ actor, params }) => letFamilyIn(services, actor, params)),
    serve(listAudit, ({ actor, query }) => auditLog(services, actor, query)),
    serve(getUnit, ({ actor, params }) => unitPage(services, centresAt, actor, params.unitId)),
  ]
}

import { signOut as signOutEndpoint } from '#contract/people'
import { call } from '#web/platform'
import { forgetMe } from './remembered-me.ts'

/** Ends the session and loads the page anew, so that nothing of this person stays in memory. Throws when unreachable. */
export const signOut = async (): Promise<void> => {
  await call(signOutEndpoint, {}, { whenSessionLost: 'refuse' }).catch((error: { status?: number }) => {
    // Already signed out is signed out.
    if (error.status !== 401) throw error
  })
  forgetMe()
  window.location.assign('/')
}

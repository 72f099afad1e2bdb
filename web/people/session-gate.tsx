import type { ReactNode } from 'react'
import { getMe } from '#contract/people'
import { ErrorNote, isRefusal, isUnreachable, Loading, type Me, MeProvider, useAnswer } from '#web/platform'
import { ChangeFirstPage } from './change-first-page.tsx'
import { rememberedMe, rememberMe } from './remembered-me.ts'
import { SignInPage } from './sign-in-page.tsx'

/**
 * Lets a signed-in person through and shows the sign-in page to anyone else; the address stays, so a link opens after
 * signing in. Without a network the person who was last signed in here may go on with what lies on the device.
 */
export const SessionGate = ({ children }: { children: ReactNode }) => {
  const me = useAnswer(getMe, {}, { whenSessionLost: 'refuse', freshFor: 300_000 })
  if (me.data) {
    rememberMe(me.data)
    return <Inside me={me.data}>{children}</Inside>
  }
  if (isRefusal(me.error) && me.error.status === 401) return <SignInPage />
  if (isRefusal(me.error) && me.error.code === 'people.change-password-first') return <ChangeFirstPage />
  const known = isUnreachable(me.error) ? rememberedMe() : undefined
  if (known) return <Inside me={known}>{children}</Inside>
  if (me.error) return <ErrorNote error={me.error} retry={() => void me.refetch()} />
  return <Loading rows={10} />
}

const Inside = ({ me, children }: { me: Me; children: ReactNode }) => <MeProvider me={me}>{children}</MeProvider>

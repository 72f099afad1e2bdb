import { type ReactNode, useState } from 'react'
import { getMe } from '#contract/people'
import { ErrorNote, isRefusal, isUnreachable, Loading, type Me, MeProvider, useAnswer, useOnline } from '#web/platform'
import { ChangeFirstPage } from './change-first-page.tsx'
import { rememberedMe, rememberMe } from './remembered-me.ts'
import { SignInPage } from './sign-in-page.tsx'

/**
 * Lets a signed-in person through and shows the sign-in page to anyone else; the address stays, so a link opens after
 * signing in. Without a network the person who was last signed in here may go on with what lies on the device; once let
 * through they stay while the server is asked again, so that nothing they do is cut off.
 */
export const SessionGate = ({ children }: { children: ReactNode }) => {
  const [known, setKnown] = useState<Me>()
  const me = useAnswer(getMe, {}, { whenSessionLost: 'refuse', freshFor: 300_000, ...(known ? { every: 15_000 } : {}) })
  const admitted = me.data ?? known ?? (isUnreachable(me.error) ? rememberedMe() : undefined)
  // A page already open stays open: its next call asks for the lost session in a dialog.
  if (!me.data && isRefusal(me.error) && me.error.status === 401) return <SignInPage />
  if (isRefusal(me.error) && me.error.code === 'people.change-password-first') return <ChangeFirstPage />
  if (admitted) {
    if (me.data) rememberMe(me.data)
    if (me.data ? known : known !== admitted) setKnown(me.data ? undefined : admitted)
    // One shape whether reached or not: the page below must not begin anew when the server answers again.
    return (
      <MeProvider me={admitted}>
        {me.data ? null : <OutOfReach />}
        {children}
      </MeProvider>
    )
  }
  if (me.error) return <ErrorNote error={me.error} retry={() => void me.refetch()} />
  return <Loading rows={10} />
}

// Without any network the shell says so itself.
const OutOfReach = () =>
  useOnline() ? (
    <div className="strip" role="status">
      服务器没有连上。可以继续写记录,先存在本机,连上后自动发送。
    </div>
  ) : null

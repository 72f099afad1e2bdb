import { Modal } from 'antd'
import { useEffect, useState } from 'react'
import { getMe } from '#contract/people'
import { call, isRefusal, type Me, onSessionLost, sessionGivenUp, sessionRestored } from '#web/platform'
import { rememberedMe } from './remembered-me.ts'
import { SignInForm } from './sign-in-form.tsx'

/**
 * Asks to sign in again over the page, so that nothing typed is lost. When another person signs in, the page is loaded
 * anew: what waited was the first person's act.
 */
export const SessionLostDialog = () => {
  const [lost, setLost] = useState(false)
  useEffect(() => onSessionLost(setLost), [])
  const before = lost ? rememberedMe() : undefined
  const restored = async (): Promise<void> => {
    const now: Me | undefined = await call(getMe, {}, { whenSessionLost: 'refuse' }).catch((error: unknown) => {
      // A one-time password is changed on a page of its own, before anything goes on.
      if (isRefusal(error) && error.code === 'people.change-password-first') return undefined
      throw error
    })
    if (now === undefined) return leave()
    if (before && now.personId !== before.personId) return leave()
    // Whoever waited goes on by themselves.
    sessionRestored()
  }
  const leave = (): void => {
    sessionGivenUp(new Error('signed out'))
    window.location.assign('/')
  }
  return (
    <Modal
      open={lost}
      title="登录已过期"
      footer={null}
      onCancel={leave}
      mask={{ closable: false }}
      destroyOnHidden
      zIndex={3000}
      closable={{ 'aria-label': '不再继续' }}
    >
      <p>为了安全,登录一段时间后会失效。您填写的内容都还在,重新登录后接着办。</p>
      <SignInForm onDone={restored} />
    </Modal>
  )
}

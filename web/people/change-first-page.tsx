import { Button } from 'antd'
import { useEffect } from 'react'
import { answers } from '#web/platform'
import { ChangePasswordForm } from './change-password-form.tsx'
import { signOut } from './sign-out.ts'

const begin = async (): Promise<void> => {
  await answers.resetQueries()
}

/** Before anything else: a one-time password is replaced by one that nobody else knows. */
export const ChangeFirstPage = () => {
  useEffect(() => {
    document.title = '修改密码 · 同行'
  }, [])
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <h1>请先改密码</h1>
        <p className="quiet">您用的是别人告诉您的一次性密码。改成只有自己知道的,就可以开始用了。</p>
        <ChangePasswordForm oldLabel="一次性密码" onDone={begin} />
        <Button type="link" block style={{ marginTop: 8 }} onClick={() => void signOut()}>
          换一个账号登录
        </Button>
      </div>
    </main>
  )
}

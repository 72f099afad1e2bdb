import { Alert, Button } from 'antd'
import { useEffect, useState } from 'react'
import { demoAccounts, signIn } from '#contract/people'
import { answers, call, sentenceOf, useAnswer } from '#web/platform'
import { SignInForm } from './sign-in-form.tsx'

// What an earlier person was answered must not be there for the next one.
const begin = async (): Promise<void> => {
  await answers.resetQueries()
}

/** The first page for whoever is not signed in. */
export const SignInPage = () => {
  useEffect(() => {
    document.title = '登录 · 同行'
  }, [])
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <h1>同行</h1>
        <p className="quiet">陪学生走一程。请用单位或学校发给您的账号登录,家长也可以用手机号。</p>
        <SignInForm onDone={begin} />
        <p className="quiet">
          不登录也可以
          <a href="/letter" style={{ textDecoration: 'underline' }}>
            来信
          </a>
          :异议、线索、诉求,或报告伤害,不留姓名。
        </p>
        <DemoAccounts />
      </div>
    </main>
  )
}

const DemoAccounts = () => {
  const demo = useAnswer(demoAccounts, {}, { freshFor: Number.POSITIVE_INFINITY })
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState<string>()
  const accounts = demo.data?.accounts ?? []
  if (accounts.length === 0) return null
  const enter = async (account: (typeof accounts)[number]): Promise<void> => {
    setBusy(account.loginName)
    setFailure(undefined)
    try {
      await call(signIn, { body: { loginName: account.loginName, password: account.password } })
      await begin()
    } catch (error) {
      setFailure(error)
      setBusy(undefined)
    }
  }
  return (
    <section className="demo" aria-label="演示登录">
      <h2>演示账号</h2>
      <p className="quiet">数据都是编造的,点一下就能进。</p>
      {failure ? <Alert type="warning" showIcon title={sentenceOf(failure)} style={{ marginBottom: 12 }} /> : null}
      <ul className="plain-list demo-list">
        {accounts.map((account) => (
          <li key={account.loginName}>
            <Button
              block
              className="demo-button"
              loading={busy === account.loginName}
              onClick={() => void enter(account)}
            >
              <span className="strong">{account.role}</span>
              <span className="quiet clip">{account.name}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

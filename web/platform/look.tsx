import { QueryClientProvider } from '@tanstack/react-query'
import { App, ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import { type ReactNode, useMemo } from 'react'
import { answers } from './questions.ts'
import { ReadingProvider, useIsPhone, useReading } from './reading.tsx'
import { themeFor } from './tokens.ts'

const Themed = ({ children }: { children: ReactNode }) => {
  const phone = useIsPhone()
  const { bodySize } = useReading()
  const theme = useMemo(() => themeFor(bodySize, phone), [bodySize, phone])
  return (
    <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }} wave={{ disabled: true }}>
      <App>{children}</App>
    </ConfigProvider>
  )
}

/** Everything a screen stands on: answers, theme, language, reading size, messages. */
export const Look = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={answers}>
    <ReadingProvider>
      <Themed>{children}</Themed>
    </ReadingProvider>
  </QueryClientProvider>
)

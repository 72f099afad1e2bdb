import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { useEffect, useState } from 'react'
import { useIsPhone, useRested } from '#web/platform'

/** What is typed to find a student; told on when the typing rests, so that a stroke never waits for the list. */
export const SearchBox = ({ initial, onRest }: { initial: string; onRest: (search: string) => void }) => {
  const phone = useIsPhone()
  const [typed, setTyped] = useState(initial)
  const rested = useRested(typed.trim())
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed is news
  useEffect(() => onRest(rested), [rested])
  return (
    <Input
      allowClear
      autoFocus={!phone}
      className="search"
      size="large"
      prefix={<SearchOutlined aria-hidden />}
      aria-label="按姓名、拼音首字母或学号查找"
      placeholder="姓名、拼音首字母或学号"
      maxLength={40}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  )
}

import { Button, Flex } from 'antd'
import { useState } from 'react'
import { CountText, leftWords, useMe } from '#web/platform'
import { DueList } from './due-list.tsx'
import type { Group } from './urgency.ts'

/** One duty over all my students: how many are left, until when; opens into the names with one tap to the act. */
export const DutyGroup = ({ group }: { group: Group }) => {
  const { today } = useMe()
  const [open, setOpen] = useState(false)
  return (
    <li className="duty">
      <div className="duty-head">
        <div>
          <div className="strong">{group.title}</div>
          <Flex wrap gap="0 8px">
            <span>
              <CountText left={group.need - group.done} of="没有完成" done="都完成了" />
            </span>
            <span className="quiet number">{`已完成 ${group.done}/${group.need}`}</span>
          </Flex>
          <div className={group.state === 'overdue' ? 'heed' : 'quiet'}>
            {leftWords(group.dueOn, today)} · {group.periodLabel}
          </div>
          <div className="quiet">
            {group.because}
            {group.vacant ? '(岗位空缺,暂由您负责)' : ''}
          </div>
        </div>
        <Button type={open ? 'default' : 'primary'} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? '收起' : '看名单'}
        </Button>
      </div>
      {open ? <DueList rule={group.rule} /> : null}
    </li>
  )
}

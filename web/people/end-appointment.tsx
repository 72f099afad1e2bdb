import { Button, Flex, Popover } from 'antd'
import { useState } from 'react'
import { getUnit } from '#contract/organisations'
import { endAppointment, listPeople } from '#contract/people'
import { DateInput } from '#web/organisations'
import { sentenceOf, useAct, useMe } from '#web/platform'

/** Ends an appointment on a day. What was done in the post stays done. [T7] */
export function EndAppointment({ appointmentId, name, post }: { appointmentId: string; name: string; post: string }) {
  const { today } = useMe()
  const [open, setOpen] = useState(false)
  const [until, setUntil] = useState(today)
  const act = useAct(endAppointment, { refreshes: [getUnit, listPeople] })
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      content={
        <Flex vertical gap={8} style={{ width: 260 }}>
          <span>{`${name}不再担任${post}。没有别人担任时,会显示“无人负责”。这是最后一个岗位时,账号同时停用。`}</span>
          <label htmlFor={`until-${appointmentId}`}>任到哪一天</label>
          <DateInput id={`until-${appointmentId}`} value={until} onChange={setUntil} />
          {act.error ? <span role="alert">{sentenceOf(act.error)}</span> : null}
          <Button
            type="primary"
            disabled={until === ''}
            loading={act.isPending}
            onClick={() =>
              act.mutate({ params: { appointmentId }, body: { untilDate: until } }, { onSuccess: () => setOpen(false) })
            }
          >
            免去
          </Button>
        </Flex>
      }
    >
      <Button size="small" aria-label={`免去${name}的${post}`}>
        免去
      </Button>
    </Popover>
  )
}

import { Alert, Button, Drawer, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { convenePanel, type listPanels } from '#contract/flows'
import type { AnswerOf } from '#contract/platform'
import { type PanelSide, panelSides } from '#contract/policies'
import { PersonPicker } from '#web/people'
import { newId, sentenceOf, useAct, useGo, useIsPhone } from '#web/platform'

/** A unit where cases wait for a panel to be made up. */
export type WaitingUnit = AnswerOf<typeof listPanels>['waiting'][number]

interface Seat {
  readonly seat: string
  readonly side: PanelSide
  readonly personId: string | null
  readonly name: string
}

const isStaff = (side: PanelSide): boolean => side === 'teacher' || side === 'leader'
const emptySeat = (side: PanelSide): Seat => ({ seat: newId(), side, personId: null, name: '' })
const isFilled = (seat: Seat): boolean => (isStaff(seat.side) ? seat.personId !== null : seat.name.trim() !== '')

/** Who sits: staff found by name, others written down and voting on paper. The program finds who must stand aside. [C19] */
export const ConveneDrawer = ({ waiting, onClose }: { waiting: WaitingUnit; onClose: () => void }) => {
  const phone = useIsPhone()
  const go = useGo()
  const act = useAct(convenePanel)
  const [id] = useState(newId)
  const [seats, setSeats] = useState<readonly Seat[]>(() =>
    Array.from({ length: waiting.least }, (_, at) =>
      emptySeat(at < 3 ? 'teacher' : (waiting.sides.find((side) => !isStaff(side)) ?? 'teacher')),
    ),
  )
  const [chair, setChair] = useState(seats[0]?.seat)
  const change = (seat: string, to: Partial<Seat>): void =>
    setSeats(seats.map((one) => (one.seat === seat ? { ...one, ...to } : one)))
  const send = (): void =>
    act.mutate(
      {
        body: {
          id,
          flow: waiting.flow,
          state: waiting.state,
          unitId: waiting.unitId,
          members: seats.map(({ name, ...seat }) => ({
            ...seat,
            name: name.trim() || '教师',
            chair: seat.seat === chair,
          })),
        },
      },
      { onSuccess: () => go(`/flows/panels/${id}`) },
    )
  return (
    <Drawer
      open
      onClose={onClose}
      title={`组成评议组 · ${waiting.unitName}`}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '92%' : 560}
    >
      <p className="quiet">
        {waiting.cases} 件等待评议。至少 {waiting.least} 人;没有账号的成员用纸票,由组长录入。亲属、导师等会自动回避。
      </p>
      {act.error ? (
        <Alert type="warning" showIcon role="alert" title={sentenceOf(act.error)} style={{ marginBottom: 12 }} />
      ) : null}
      <Radio.Group style={{ width: '100%' }} value={chair} onChange={(event) => setChair(event.target.value as string)}>
        {seats.map((seat, index) => (
          <div key={seat.seat} style={{ display: 'flex', gap: 8, alignItems: 'center', marginBottom: 12 }}>
            <Select
              aria-label={`第 ${index + 1} 位的身份`}
              style={{ width: 148 }}
              value={seat.side}
              options={waiting.sides.map((side) => ({ value: side, label: panelSides[side] }))}
              onChange={(side) => change(seat.seat, { side, personId: null, name: '' })}
            />
            <div style={{ flex: 1, minWidth: 0 }}>
              {isStaff(seat.side) ? (
                <PersonPicker
                  label={`第 ${index + 1} 位成员`}
                  unitId={waiting.schoolId}
                  {...(seat.personId ? { value: seat.personId } : {})}
                  onChange={(personId) => change(seat.seat, { personId })}
                />
              ) : (
                <Input
                  aria-label={`第 ${index + 1} 位成员的姓名`}
                  placeholder="姓名"
                  value={seat.name}
                  maxLength={60}
                  onChange={(event) => change(seat.seat, { name: event.target.value })}
                />
              )}
            </div>
            <Radio value={seat.seat} disabled={!isStaff(seat.side)}>
              组长
            </Radio>
          </div>
        ))}
      </Radio.Group>
      <Button onClick={() => setSeats([...seats, emptySeat(waiting.sides[0] ?? 'teacher')])}>再加一位</Button>
      <div className="form-acts">
        <Button type="primary" size="large" disabled={!seats.every(isFilled)} loading={act.isPending} onClick={send}>
          组成评议组
        </Button>
        <Button size="large" onClick={onClose}>
          先不组
        </Button>
      </div>
    </Drawer>
  )
}

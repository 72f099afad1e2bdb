import { Alert, Button, Checkbox, Drawer, Radio, Select } from 'antd'
import { useState } from 'react'
import { convenePanel, type listPanels } from '#contract/flows'
import type { AnswerOf } from '#contract/platform'
import { type PanelSide, panelSides } from '#contract/policies'
import { PersonPicker } from '#web/people'
import { newId, sentenceOf, useAct, useGo, useIsPhone } from '#web/platform'
import { FamilyMemberInput, type Named } from './family-member-input.tsx'
import './panels.css'

/** A unit where cases wait for a panel to be made up. */
export type WaitingUnit = AnswerOf<typeof listPanels>['waiting'][number]

interface Seat extends Named {
  readonly seat: string
  readonly side: PanelSide
}

const isStaff = (side: PanelSide): boolean => side === 'teacher' || side === 'leader'
const emptySeat = (side: PanelSide): Seat => ({ seat: newId(), side, personId: null, name: '' })
const isFilled = (seat: Seat): boolean => (isStaff(seat.side) ? seat.personId !== null : seat.name.trim() !== '')

// Teachers first, then of each other side what the pack names.
const seatsToBegin = ({ least, sides }: WaitingUnit): readonly Seat[] => {
  const others = sides.filter((side) => side === 'parent' || side === 'student')
  return Array.from({ length: least }, (_, at) => emptySeat((at < 3 ? undefined : others[0]) ?? 'teacher'))
}

interface Props {
  readonly waiting: WaitingUnit
  /** Further units that may sit together with it at the same unit above. */
  readonly others: readonly WaitingUnit[]
  readonly onClose: () => void
}

/**
 * Who sits: staff and family members found by name; who has no account is written down and votes on paper. The program
 * finds who must stand aside. Where a unit is too small the unit above convenes for several at once. [C19]
 */
export const ConveneDrawer = ({ waiting, others, onClose }: Props) => {
  const phone = useIsPhone()
  const go = useGo()
  const act = useAct(convenePanel)
  const [id] = useState(newId)
  const [units, setUnits] = useState<readonly string[]>([waiting.unitId])
  const [seats, setSeats] = useState(() => seatsToBegin(waiting))
  const [chair, setChair] = useState(seats[0]?.seat)
  const at = waiting.mayAlone ? null : waiting.joint
  const judged = [waiting, ...others].filter(({ unitId }) => units.includes(unitId))
  const cases = judged.reduce((sum, one) => sum + one.cases, 0)
  const change = (seat: string, to: Partial<Seat>): void =>
    setSeats((now) => now.map((one) => (one.seat === seat ? { ...one, ...to } : one)))
  const send = (): void =>
    act.mutate(
      {
        body: {
          id,
          flow: waiting.flow,
          state: waiting.state,
          unitId: at?.unitId ?? waiting.unitId,
          units: at ? [...units] : [],
          members: seats.map(({ name, ...seat }) => ({
            ...seat,
            name: name.trim() || panelSides[seat.side],
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
      title={at ? `${at.unitName} · 联合评议` : `${waiting.unitName} · 组成评议组`}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '92%' : 600}
    >
      <p style={{ marginTop: 0 }}>
        共 {cases} 件等待评议,评议组至少 {waiting.least} 人。
        <span className="quiet">
          学生的亲属、同户的人和导师自动回避,回避的不算到会,宜多请一两位。没有账号的成员用纸票,由组长录入。
        </span>
      </p>
      {at ? (
        <div className="field">
          <div className="strong">一起评议哪些班</div>
          {[waiting, ...others].map((one) => (
            <div key={one.unitId}>
              <Checkbox
                style={{ paddingBlock: 4 }}
                checked={units.includes(one.unitId)}
                disabled={one.unitId === waiting.unitId}
                onChange={({ target }) =>
                  setUnits(target.checked ? [...units, one.unitId] : units.filter((unit) => unit !== one.unitId))
                }
              >
                {one.schoolName} {one.unitName} {one.cases} 件
              </Checkbox>
            </div>
          ))}
        </div>
      ) : null}
      <Radio.Group
        style={{ display: 'block' }}
        value={chair ?? null}
        onChange={(event) => setChair(event.target.value as string)}
      >
        <ol className="plain-list">
          {seats.map((seat, index) => (
            <li key={seat.seat} className="seat-line">
              <Select
                aria-label={`第 ${index + 1} 位的身份`}
                value={seat.side}
                options={waiting.sides.map((side) => ({ value: side, label: panelSides[side] }))}
                onChange={(side) => change(seat.seat, { side, personId: null, name: '' })}
              />
              <MemberInput
                label={`第 ${index + 1} 位成员`}
                seat={seat}
                staffUnit={at?.unitId ?? waiting.schoolId}
                familyUnit={at?.unitId ?? waiting.unitId}
                onChange={(to) => change(seat.seat, to)}
              />
              <Radio value={seat.seat} disabled={!isStaff(seat.side)}>
                组长
              </Radio>
              {seats.length > waiting.least ? (
                <Button
                  type="text"
                  aria-label={`去掉第 ${index + 1} 位`}
                  onClick={() => setSeats(seats.filter((one) => one.seat !== seat.seat))}
                >
                  去掉
                </Button>
              ) : null}
            </li>
          ))}
        </ol>
      </Radio.Group>
      <Button onClick={() => setSeats([...seats, emptySeat(waiting.sides[0] ?? 'teacher')])}>再加一位</Button>
      {act.error ? (
        <Alert type="warning" showIcon role="alert" title={sentenceOf(act.error)} style={{ marginTop: 16 }} />
      ) : null}
      <div className="form-acts" style={{ marginTop: 24 }}>
        <Button
          type="primary"
          size="large"
          disabled={!seats.every(isFilled) || !seats.some(({ seat }) => seat === chair)}
          loading={act.isPending}
          onClick={send}
        >
          组成评议组
        </Button>
        <Button size="large" onClick={onClose}>
          先不组
        </Button>
      </div>
    </Drawer>
  )
}

interface MemberProps {
  readonly label: string
  readonly seat: Seat
  readonly staffUnit: string
  readonly familyUnit: string
  readonly onChange: (to: Partial<Seat>) => void
}

const MemberInput = ({ label, seat, staffUnit, familyUnit, onChange }: MemberProps) =>
  isStaff(seat.side) ? (
    <PersonPicker
      label={label}
      unitId={staffUnit}
      {...(seat.personId ? { value: seat.personId } : {})}
      onChange={(personId) => onChange({ personId })}
    />
  ) : (
    <FamilyMemberInput label={label} unitId={familyUnit} side={seat.side} value={seat} onChange={onChange} />
  )

import { Form, Input } from 'antd'
import { changeUnit, getUnit, listUnits } from '#contract/organisations'
import type { BodyInputOf } from '#contract/platform'
import { reasonFor, useAct, useGo, useMe } from '#web/platform'
import { DateInput } from './date-input.tsx'
import { FormDrawer } from './form-drawer.tsx'
import type { UnitAnswer } from './unit-facts.tsx'
import { type ChosenUnit, UnitPicker } from './unit-picker.tsx'

export type UnitChange = BodyInputOf<typeof changeUnit>['change']

interface Fields {
  readonly name?: string
  readonly target?: ChosenUnit
  readonly on: string
}

const words: Record<UnitChange, { title: string; send: string; effect: string }> = {
  renamed: { title: '更名', send: '更名', effect: '从这一天起用新名称;原名称和时间留在沿革里,学生档案不动。' },
  moved: {
    title: '迁移到另一上级',
    send: '迁移',
    effect: '从这一天起归新的上级管理;本单位的学生、岗位一起过去,沿革保留。',
  },
  merged: { title: '并入另一单位', send: '并入', effect: '从这一天起本单位撤销,学生和班级转到并入的单位;沿革保留。' },
  closed: { title: '撤销', send: '撤销单位', effect: '从这一天起不再办理新的事;已有的档案、记录都保留,可以查。' },
}

const bodyOf = (change: UnitChange, { name, target, on }: Fields): BodyInputOf<typeof changeUnit> | undefined => {
  if (change === 'renamed') return name === undefined ? undefined : { change, name, on }
  if (change === 'closed') return { change, on }
  if (target === undefined) return undefined
  return change === 'moved' ? { change, parentId: target.id, on } : { change, intoUnitId: target.id, on }
}

interface Props {
  readonly unit: UnitAnswer['unit']
  readonly change: UnitChange
  readonly open: boolean
  readonly onClose: () => void
}

/** Renames, moves, merges or closes a unit from a day on; its history keeps what was. [T2] */
export function ChangeUnitForm({ unit, change, open, onClose }: Props) {
  const { today } = useMe()
  const go = useGo()
  const [form] = Form.useForm<Fields>()
  const act = useAct(changeUnit, { refreshes: [listUnits, getUnit] })
  const { title, send: sendLabel, effect } = words[change]

  const send = async (): Promise<void> => {
    const fields = await form.validateFields().catch(() => undefined)
    const body = fields === undefined ? undefined : bodyOf(change, fields)
    if (body === undefined) return
    act.mutate(
      { params: { unitId: unit.id }, body },
      {
        onSuccess: ({ unitId }) => {
          onClose()
          go(`/units/${unitId}`)
        },
      },
    )
  }
  const help = (...names: string[]) => {
    const reason = names.map((name) => reasonFor(act.error, name)).find((found) => found !== undefined)
    return reason === undefined ? {} : { help: reason, validateStatus: 'error' as const }
  }
  return (
    <FormDrawer
      title={`${unit.name} · ${title}`}
      open={open}
      onClose={onClose}
      onSend={() => void send()}
      sendLabel={sendLabel}
      sending={act.isPending}
      error={act.error}
      effect={effect}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark="optional"
        initialValues={{ name: unit.name, on: today }}
      >
        {change === 'renamed' ? (
          <Form.Item
            name="name"
            label="新名称"
            rules={[
              { required: true, whitespace: true, message: '请填新名称' },
              { max: 60, message: '名称最多 60 字' },
            ]}
            {...help('name')}
          >
            <Input maxLength={60} />
          </Form.Item>
        ) : null}
        {change === 'moved' || change === 'merged' ? (
          <Form.Item
            name="target"
            label={change === 'moved' ? '新的上级' : '并入哪个单位'}
            rules={[{ required: true, message: '请选单位' }]}
            {...help('parentId', 'intoUnitId')}
          >
            <TargetPicker label={change === 'moved' ? '新的上级' : '并入哪个单位'} />
          </Form.Item>
        ) : null}
        <Form.Item name="on" label="从哪一天起" rules={[{ required: true, message: '请填日期' }]} {...help('on')}>
          <DateInput />
        </Form.Item>
      </Form>
    </FormDrawer>
  )
}

// The form hands the field's value and change to its only child.
function TargetPicker(props: {
  label: string
  id?: string
  value?: ChosenUnit
  onChange?: (unit: ChosenUnit) => void
}) {
  const { label, id, value, onChange } = props
  return (
    <UnitPicker
      label={label}
      {...(id === undefined ? {} : { id })}
      value={value}
      onChange={(unit) => onChange?.(unit)}
    />
  )
}

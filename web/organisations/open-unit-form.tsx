import { Form, Input, Select } from 'antd'
import { useState } from 'react'
import {
  getUnit,
  isSchoolKind,
  kindsBelow,
  listUnits,
  openUnit,
  type UnitKind,
  unitKinds,
  urbanLabels,
} from '#contract/organisations'
import { newId, reasonFor, useAct, useGo } from '#web/platform'
import { DateInput } from './date-input.tsx'
import { FormDrawer } from './form-drawer.tsx'
import { stageLabels } from './tree-rows.ts'
import type { UnitAnswer } from './unit-facts.tsx'

interface Fields {
  readonly kind: UnitKind
  readonly name: string
  readonly code?: string
  readonly regionCode?: string
  readonly urban?: 1 | 2 | 3
  readonly stage?: number
  readonly openedOn?: string
}

const blankToNull = (text: string | undefined): string | null =>
  text === undefined || text.trim() === '' ? null : text.trim()

/** Opens a unit below another, in a kind that may stand there. [T2] */
export function OpenUnitForm({
  parent,
  open,
  onClose,
}: {
  parent: UnitAnswer['unit']
  open: boolean
  onClose: () => void
}) {
  const go = useGo()
  const [form] = Form.useForm<Fields>()
  // One id for one form: sent again after a broken line, it is still one.
  const [id] = useState(newId)
  const kind = Form.useWatch('kind', form)
  const act = useAct(openUnit, { refreshes: [listUnits, getUnit] })
  const isSchool = kind !== undefined && isSchoolKind(kind)

  const send = async (): Promise<void> => {
    const fields = await form.validateFields().catch(() => undefined)
    if (fields === undefined) return
    const body = {
      id,
      parentId: parent.id,
      kind: fields.kind,
      name: fields.name,
      code: blankToNull(fields.code),
      regionCode: blankToNull(fields.regionCode),
      urban: fields.urban ?? null,
      stage: fields.stage ?? null,
      openedOn: blankToNull(fields.openedOn),
    }
    act.mutate({ body }, { onSuccess: (opened) => go(`/units/${opened.id}`) })
  }
  const help = (field: string) => {
    const reason = reasonFor(act.error, field)
    return reason === undefined ? {} : { help: reason, validateStatus: 'error' as const }
  }
  return (
    <FormDrawer
      title={`在${parent.name}下新设单位`}
      open={open}
      onClose={onClose}
      onSend={() => void send()}
      sendLabel="新设"
      sending={act.isPending}
      error={act.error}
      effect="新设后可以任命岗位、导入学生;以后更名、迁移都留有沿革。"
    >
      <Form<Fields> form={form} layout="vertical" requiredMark="optional" scrollToFirstError>
        <Form.Item name="kind" label="类别" rules={[{ required: true, message: '请选类别' }]} {...help('kind')}>
          <Select
            placeholder="请选"
            options={kindsBelow[parent.kind].map((value) => ({ value, label: unitKinds[value].label }))}
          />
        </Form.Item>
        <Form.Item
          name="name"
          label="名称"
          rules={[
            { required: true, whitespace: true, message: '请填名称' },
            { max: 60, message: '名称最多 60 字' },
          ]}
          {...help('name')}
        >
          <Input maxLength={60} />
        </Form.Item>
        {isSchool ? (
          <>
            <Form.Item
              name="code"
              label="学校标识码"
              rules={[{ pattern: /^\d{10}$/, message: '学校标识码为 10 位数字' }]}
              {...help('code')}
            >
              <Input inputMode="numeric" maxLength={10} />
            </Form.Item>
            <Form.Item name="stage" label="学段" {...help('stage')}>
              <Select
                allowClear
                placeholder="请选"
                options={Object.entries(stageLabels).map(([value, label]) => ({ value: Number(value), label }))}
              />
            </Form.Item>
            <Form.Item name="urban" label="城乡" {...help('urban')}>
              <Select
                allowClear
                placeholder="请选"
                options={Object.entries(urbanLabels).map(([value, label]) => ({ value: Number(value), label }))}
              />
            </Form.Item>
          </>
        ) : null}
        <Form.Item
          name="regionCode"
          label="区划代码"
          rules={[{ pattern: /^\d{6}$/, message: '区划代码为 6 位数字' }]}
          {...help('regionCode')}
        >
          <Input inputMode="numeric" maxLength={6} />
        </Form.Item>
        <Form.Item name="openedOn" label="设立日期" {...help('openedOn')}>
          <DateInput />
        </Form.Item>
      </Form>
    </FormDrawer>
  )
}

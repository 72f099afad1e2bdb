import { Flex, Form, InputNumber, Select } from 'antd'
import type { DraftPeriod, PeriodName, RecordKindDefinition } from '#contract/policies'
import { DateInput } from '#web/organisations'
import { WhereFields } from './where-fields.tsx'

interface Props {
  readonly per: DraftPeriod
  readonly records: readonly RecordKindDefinition[]
  readonly onChange: (per: DraftPeriod) => void
}

const everyWords: Readonly<Record<PeriodName, string>> = {
  'school-day': '每个在校日',
  week: '每周',
  'teaching-week': '每个教学周',
  month: '每月',
  term: '每学期',
  vacation: '每个寒暑假',
  'school-year': '每学年',
  'calendar-year': '每年',
}
const otherWords = { once: '某天以前办一次', after: '某件事之后限时办', standing: '始终保持' } as const
const options = [...Object.entries(everyWords), ...Object.entries(otherWords)].map(([value, label]) => ({
  value,
  label,
}))

const periodFor = (value: string): DraftPeriod => {
  if (value === 'once') return { kind: 'once', by: '' }
  if (value === 'standing') return { kind: 'standing' }
  if (value === 'after') return { kind: 'after', event: '', where: {}, within: 3, unit: 'working_days' }
  return { kind: 'every', period: value as PeriodName }
}

const units = [
  { value: 'working_days', label: '个工作日内' },
  { value: 'hours', label: '小时内' },
]

/** 多久一次: every period, once by a day, within so long of an event, or always. */
export function PeriodFields({ per, records, onChange }: Props) {
  return (
    <Form.Item label="多久一次" htmlFor="duty-per">
      <Select
        id="duty-per"
        value={per.kind === 'every' ? per.period : per.kind}
        options={options}
        listHeight={400}
        onChange={(value: string) => onChange(periodFor(value))}
      />
      {per.kind === 'once' ? (
        <Flex gap={8} align="center" style={{ marginTop: 8 }}>
          <DateInput id="duty-once-by" value={per.by} onChange={(by) => onChange({ ...per, by })} />
          <label htmlFor="duty-once-by">以前</label>
        </Flex>
      ) : null}
      {per.kind === 'after' ? (
        <>
          <Flex gap={8} wrap align="center" style={{ marginTop: 8 }}>
            <Select
              aria-label="哪件事之后"
              placeholder="哪件事"
              style={{ width: 200 }}
              value={per.event === '' ? null : per.event}
              options={records.map(({ id, label }) => ({ value: id, label }))}
              onChange={(event: string) => onChange({ ...per, event, where: {} })}
            />
            <span>之后</span>
            <InputNumber
              aria-label="多久以内"
              min={1}
              max={per.unit === 'hours' ? 720 : 250}
              precision={0}
              style={{ width: 80 }}
              value={per.within}
              onChange={(within) => onChange({ ...per, within: within ?? 1 })}
            />
            <Select
              aria-label="时限的单位"
              style={{ width: 130 }}
              value={per.unit}
              options={units}
              onChange={(unit) => onChange({ ...per, unit })}
            />
          </Flex>
          <WhereFields
            record={records.find(({ id }) => id === per.event)}
            where={per.where}
            onChange={(where) => onChange({ ...per, where })}
          />
        </>
      ) : null}
    </Form.Item>
  )
}

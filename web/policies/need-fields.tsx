import { Checkbox, Flex, Form, Select } from 'antd'
import { posts } from '#contract/people'
import { archivePartLabels, type DraftNeed, type RecordKindDefinition } from '#contract/policies'
import { WhereFields } from './where-fields.tsx'

interface Props {
  readonly does: DraftNeed
  readonly records: readonly RecordKindDefinition[]
  readonly onChange: (does: DraftNeed) => void
}

const postOptions = Object.entries(posts).map(([value, label]) => ({ value, label }))
const parts = Object.entries(archivePartLabels)
const appointment = 'have:appointment'
const archive = 'have:archive'

const chosenOf = (does: DraftNeed): string | null => {
  if (does.kind === 'appointment') return appointment
  if (does.kind === 'archive') return archive
  return does.record === '' ? null : does.record
}

const needFor = (value: string): DraftNeed => {
  if (value === appointment) return { kind: 'appointment', post: 'mentor' }
  if (value === archive) return { kind: 'archive', parts: parts.map(([part]) => ({ part, shownBy: [] })) }
  return { kind: 'record', record: value, where: {} }
}

/** 做什么: a record of a kind, somebody in a post, or an archive that is whole. */
export function NeedFields({ does, records, onChange }: Props) {
  const recordOptions = records.map(({ id, label }) => ({ value: id, label }))
  return (
    <Form.Item label="做什么" htmlFor="duty-record">
      <Select
        id="duty-record"
        value={chosenOf(does)}
        onChange={(value: string) => onChange(needFor(value))}
        options={[
          { label: '做一次', options: recordOptions },
          {
            label: '要有',
            options: [
              { value: appointment, label: '有人担任某个岗位' },
              { value: archive, label: '档案齐全' },
            ],
          },
        ]}
      />
      {does.kind === 'record' ? (
        <WhereFields
          record={records.find(({ id }) => id === does.record)}
          where={does.where}
          onChange={(where) => onChange({ ...does, where })}
        />
      ) : null}
      {does.kind === 'appointment' ? (
        <Select
          aria-label="哪个岗位"
          style={{ marginTop: 8 }}
          value={does.post}
          options={postOptions}
          onChange={(post: string) => onChange({ ...does, post })}
        />
      ) : null}
      {does.kind === 'archive' ? (
        <Flex vertical gap={8} style={{ marginTop: 8 }}>
          {parts.map(([part, label]) => {
            const found = does.parts.find((one) => one.part === part)
            const others = does.parts.filter((one) => one.part !== part)
            return (
              <Flex key={part} gap={8} wrap align="center">
                <Checkbox
                  style={{ width: 110 }}
                  checked={found !== undefined}
                  onChange={({ target }) =>
                    onChange({ ...does, parts: target.checked ? [...others, { part, shownBy: [] }] : others })
                  }
                >
                  {label}
                </Checkbox>
                <Select
                  mode="multiple"
                  disabled={!found}
                  aria-label={`${label}由哪些记录充实`}
                  placeholder={found ? '由系统自动汇总' : '不要求'}
                  style={{ width: 300, maxWidth: '100%' }}
                  value={[...(found?.shownBy ?? [])]}
                  options={recordOptions}
                  onChange={(shownBy: string[]) => onChange({ ...does, parts: [...others, { part, shownBy }] })}
                />
              </Flex>
            )
          })}
        </Flex>
      ) : null}
    </Form.Item>
  )
}

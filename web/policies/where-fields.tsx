import { Flex, Select } from 'antd'
import type { DraftWhere, RecordKindDefinition } from '#contract/policies'

interface Props {
  readonly record: RecordKindDefinition | undefined
  readonly where: DraftWhere
  readonly onChange: (where: DraftWhere) => void
}

/** 只算哪些: for each field of a record with options, the options that count. Left empty, all do. */
export function WhereFields({ record, where, onChange }: Props) {
  const fields = (record?.fields ?? []).filter(({ codes }) => codes !== undefined)
  if (fields.length === 0) return null
  return (
    <Flex gap={8} wrap style={{ marginTop: 8 }}>
      {fields.map(({ id, label, codes }) => (
        <Select
          key={id}
          mode="multiple"
          aria-label={`${record?.label ?? ''}的${label}只算`}
          prefix={<span className="quiet">{label}</span>}
          placeholder="不限"
          style={{ width: 260, maxWidth: '100%' }}
          maxTagCount="responsive"
          value={[...(where[id] ?? [])]}
          options={Object.values(codes ?? {}).map((value) => ({ value, label: value }))}
          onChange={(values: string[]) => {
            const { [id]: _, ...others } = where
            onChange(values.length > 0 ? { ...others, [id]: values } : others)
          }}
        />
      ))}
    </Flex>
  )
}

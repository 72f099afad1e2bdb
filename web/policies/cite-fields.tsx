import { Flex, Form, Input, Select } from 'antd'
import type { DraftCite, DraftHeader } from '#contract/policies'

/** 依据: which document, and where in it. */
export function CiteFields(props: {
  cite: DraftCite
  documents: DraftHeader['documents']
  onChange: (cite: DraftCite) => void
}) {
  const { cite, documents, onChange } = props
  return (
    <Form.Item label="依据">
      <Flex gap={8} wrap>
        <Select
          aria-label="依据的文件"
          style={{ width: 220 }}
          placeholder="哪份文件"
          value={cite.document === '' ? null : cite.document}
          options={documents.map(({ id, title }) => ({ value: id, label: title }))}
          onChange={(document: string) => onChange({ ...cite, document })}
        />
        <Input
          aria-label="文件里的哪一处"
          placeholder="哪一处,如 第二条第(一)项"
          style={{ width: 260 }}
          maxLength={200}
          value={cite.at}
          onChange={(event) => onChange({ ...cite, at: event.target.value })}
        />
      </Flex>
    </Form.Item>
  )
}

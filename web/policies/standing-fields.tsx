import { Checkbox, Flex, Form } from 'antd'
import type { DraftBase } from '#contract/policies'
import { DateInput } from '#web/organisations'
import { CiteFields, type Documents } from './cite-fields.tsx'

interface Props {
  readonly draft: DraftBase
  readonly documents: Documents
  readonly onChange: (other: Partial<DraftBase>) => void
}

/** What every rule has besides what it says: from which document, from when to when, and whose figure it is. */
export function StandingFields({ draft, documents, onChange }: Props) {
  const name = draft.id
  return (
    <>
      <CiteFields cites={draft.cites} documents={documents} onChange={(cites) => onChange({ cites })} />
      <Flex gap={12} wrap>
        <Form.Item label="从哪天起(可不填)" htmlFor={`${name}-from`}>
          <DateInput id={`${name}-from`} value={draft.from} onChange={(from) => onChange({ from })} />
        </Form.Item>
        <Form.Item label="到哪天止(可不填)" htmlFor={`${name}-until`}>
          <DateInput id={`${name}-until`} value={draft.until} onChange={(until) => onChange({ until })} />
        </Form.Item>
      </Flex>
      <Form.Item>
        <Checkbox checked={draft.ours} onChange={({ target }) => onChange({ ours: target.checked })}>
          文件没有写明,数字或边界由我们定(平台口径)
        </Checkbox>
      </Form.Item>
    </>
  )
}

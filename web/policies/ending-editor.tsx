import { Form } from 'antd'
import type { DraftEnding } from '#contract/policies'
import { DateInput } from '#web/organisations'
import { CiteFields, type Documents } from './cite-fields.tsx'

/** 终止: a rule of a higher pack that no longer holds here from a day on. */
export function EndingEditor(props: {
  draft: DraftEnding
  documents: Documents
  onChange: (draft: DraftEnding) => void
}) {
  const { draft, documents, onChange } = props
  return (
    <Form layout="vertical">
      <Form.Item label="从哪天起在本单位不再执行" htmlFor="ending-from">
        <DateInput id="ending-from" value={draft.from} onChange={(from) => onChange({ ...draft, from })} />
      </Form.Item>
      <CiteFields cites={draft.cites} documents={documents} onChange={(cites) => onChange({ ...draft, cites })} />
    </Form>
  )
}

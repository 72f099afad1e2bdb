import { Button, Flex, Form, Input, Select } from 'antd'
import { type DraftCite, type DraftHeader, ownCite } from '#contract/policies'

export type Documents = DraftHeader['documents']

interface Props {
  readonly cites: readonly DraftCite[]
  readonly documents: Documents
  readonly onChange: (cites: readonly DraftCite[]) => void
}

/** 依据: which documents, and where in them. */
export function CiteFields({ cites, documents, onChange }: Props) {
  const set = (index: number, other: Partial<DraftCite>) =>
    onChange(cites.map((one, at) => (at === index ? { ...one, ...other } : one)))
  return (
    <Form.Item label="依据">
      <Flex vertical gap={8}>
        {cites.map((cite, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a place in a document has no name of its own
          <Flex gap={8} wrap key={index}>
            <Select
              aria-label="依据的文件"
              style={{ width: 220 }}
              placeholder="哪份文件"
              value={cite.document === '' ? null : cite.document}
              options={documents.map(({ id, title }) => ({ value: id, label: title }))}
              onChange={(document: string) => set(index, { document })}
            />
            <Input
              aria-label="文件里的哪一处"
              placeholder="哪一处,如 第二条第(一)项"
              style={{ width: 260 }}
              maxLength={200}
              value={cite.at}
              onChange={(event) => set(index, { at: event.target.value })}
            />
            <Input
              aria-label="原文"
              placeholder="原文(可不填)"
              style={{ width: 260 }}
              maxLength={500}
              value={cite.quote}
              onChange={(event) => set(index, { quote: event.target.value })}
            />
            {cites.length > 1 ? (
              <Button onClick={() => onChange(cites.filter((_, at) => at !== index))}>去掉</Button>
            ) : null}
          </Flex>
        ))}
        <span>
          <Button onClick={() => onChange([...cites, ownCite(documents[0]?.id ?? '')])}>再加一处依据</Button>
        </span>
      </Flex>
    </Form.Item>
  )
}

import { Button, Flex, Form, Input, Select } from 'antd'
import type { DraftHeader } from '#contract/policies'

interface Props {
  readonly header: DraftHeader
  readonly parents: readonly { readonly issuer: string; readonly name: string }[]
  /** An issuer once used stays: versions are told by it. */
  readonly fixed: boolean
  readonly onChange: (header: DraftHeader) => void
}

/** Whose pack it is, on what it stands, which number, and from which documents. */
export function HeaderFields({ header, parents, fixed, onChange }: Props) {
  const set = (other: Partial<DraftHeader>) => onChange({ ...header, ...other })
  const setDocument = (index: number, title: string) =>
    set({ documents: header.documents.map((one, at) => (at === index ? { ...one, title } : one)) })
  return (
    <Form layout="vertical">
      <Flex gap={12} wrap>
        <Form.Item label="代号" htmlFor="pack-issuer" extra="小写字母和短横线,如 linhu">
          <Input
            id="pack-issuer"
            disabled={fixed}
            value={header.issuer}
            onChange={(event) => set({ issuer: event.target.value.trim() })}
          />
        </Form.Item>
        <Form.Item label="名称" htmlFor="pack-name">
          <Input
            id="pack-name"
            maxLength={60}
            value={header.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        </Form.Item>
        <Form.Item label="继承哪个政策" htmlFor="pack-extends">
          <Select
            id="pack-extends"
            disabled={fixed}
            style={{ minWidth: 200 }}
            value={header.extends === '' ? null : header.extends}
            options={parents.map(({ issuer, name }) => ({ value: issuer, label: name }))}
            onChange={(value: string) => set({ extends: value })}
          />
        </Form.Item>
        <Form.Item
          label="版本号"
          htmlFor="pack-version"
          extra="改数字或文字加第三位,新增规则加第二位,修改或终止加第一位"
        >
          <Input
            id="pack-version"
            value={header.version}
            onChange={(event) => set({ version: event.target.value.trim() })}
          />
        </Form.Item>
      </Flex>
      <Form.Item label="依据的文件">
        <Flex vertical gap={8}>
          {header.documents.map((one, index) => (
            <Input
              key={one.id}
              aria-label={`第 ${index + 1} 份文件的标题`}
              maxLength={200}
              value={one.title}
              onChange={(event) => setDocument(index, event.target.value)}
            />
          ))}
          <span>
            <Button
              onClick={() =>
                set({ documents: [...header.documents, { id: `document-${header.documents.length + 1}`, title: '' }] })
              }
            >
              加一份文件
            </Button>
          </span>
        </Flex>
      </Form.Item>
    </Form>
  )
}

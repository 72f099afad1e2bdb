import { Alert, Button, Flex, Modal } from 'antd'
import { useState } from 'react'
import { cancelImport, commitImport, getImport, type ImportView, listImports } from '#contract/imports'
import { ErrorNote, Panel, useAct } from '#web/platform'
import { commitSentences, isMatchedList, statementSentence } from './words.ts'

/** The step that writes. What will happen stands on the page and once more in the question. */
export function CommitPanel({ view, onBack }: { view: ImportView; onBack: () => void }) {
  const [asking, setAsking] = useState(false)
  // a question still on its way in takes no answer: the second half of a double click would be one
  const [isOpen, setOpen] = useState(false)
  const commit = useAct(commitImport, { refreshes: [getImport, listImports] })
  const cancel = useAct(cancelImport, { refreshes: [getImport, listImports] })
  const input = { params: { importId: view.id }, body: {} }
  const sentences = commitSentences(view.counts, isMatchedList(view))

  return (
    <Panel>
      <Flex vertical gap={12}>
        <Alert type="info" showIcon title="还没有写入任何内容" description={<Said sentences={sentences} />} />
        {commit.error ? <ErrorNote error={commit.error} /> : null}
        {cancel.error ? <ErrorNote error={cancel.error} /> : null}
        <Flex gap={12} wrap>
          <Button type="primary" size="large" loading={commit.isPending} onClick={() => setAsking(true)}>
            写入…
          </Button>
          <Button size="large" onClick={onBack}>
            回去改列的对应
          </Button>
          <Button size="large" type="text" loading={cancel.isPending} onClick={() => cancel.mutate(input)}>
            不导入了
          </Button>
        </Flex>
        <Modal
          open={asking}
          title={`写入“${view.fileName}”?`}
          okText="写入"
          cancelText="再看看"
          afterOpenChange={setOpen}
          okButtonProps={{ disabled: !isOpen }}
          onCancel={() => setAsking(false)}
          onOk={() => {
            setAsking(false)
            commit.mutate(input)
          }}
        >
          <Flex vertical gap={8}>
            <Said sentences={sentences} />
            {view.statement === null ? null : <span className="quiet">{statementSentence(view.statement)}</span>}
          </Flex>
        </Modal>
      </Flex>
    </Panel>
  )
}

function Said({ sentences }: { sentences: readonly string[] }) {
  return (
    <ul style={{ margin: 0, paddingInlineStart: 20 }}>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}

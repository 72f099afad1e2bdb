import { Alert, Button } from 'antd'
import { useState } from 'react'
import { listOpenable, openCase } from '#contract/flows'
import { type FilledFields, FilledForm } from '#web/flows'
import { isRefusal, Loading, newId, Panel, sentenceOf, useAct, useAnswer, useGo } from '#web/platform'

const flow = 'recognition-round'
const firstPage = '基本情况'

/** Somebody admitted who has no number, class or account yet: who they are is kept, the rest follows once matched. [C26] */
export const AdmittedPanel = ({ schoolId }: { schoolId: string }) => {
  const go = useGo()
  const openable = useAnswer(listOpenable, {}, { freshFor: 300_000 })
  const act = useAct(openCase)
  const [content, setContent] = useState<FilledFields>({})
  const [ids] = useState(() => ({ id: newId(), stepId: newId() }))
  const form = openable.data?.flows.find(({ id }) => id === flow)?.form.filter(({ group }) => group === firstPage)
  if (!form) return openable.data ? <Empty /> : <Loading rows={6} />
  const name = content.full_name
  const keep = (): void =>
    act.mutate(
      { params: { schoolId }, body: { ...ids, flow, move: 'admit', content: content as never } },
      { onSuccess: ({ id }) => go(`/flows/${schoolId}/${id}`, {}, { replace: true }) },
    )
  return (
    <Panel title="登记已录取、还没有学籍的新生">
      <p className="quiet">先记下是谁、怎么联系。有了学号以后在这件事里“对应学籍”,再由家长或班主任接着填完。</p>
      {act.error ? (
        <Alert
          type="warning"
          showIcon
          role="alert"
          style={{ marginBottom: 12 }}
          title={sentenceOf(act.error)}
          description="您写的内容还在。"
        />
      ) : null}
      <FilledForm
        fields={form.map((field) => ({ ...field, group: null, required: field.id === 'full_name' }))}
        values={content}
        problems={isRefusal(act.error) ? act.error.fields : []}
        onChange={setContent}
      />
      <div className="thumb-bar">
        <Button
          type="primary"
          size="large"
          loading={act.isPending}
          disabled={typeof name !== 'string' || name.trim() === ''}
          onClick={keep}
        >
          先存下
        </Button>
      </div>
    </Panel>
  )
}

const Empty = () => <Alert type="info" showIcon title="为在校学生申请的,请从学生档案里“发起事项”进入。" />

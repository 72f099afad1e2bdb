import { Alert, App, Button, Input } from 'antd'
import { useState } from 'react'
import { listOpenable, openCase } from '#contract/flows'
import {
  ErrorNote,
  isRefusal,
  Loading,
  newId,
  Page,
  Panel,
  sentenceOf,
  useAct,
  useAddress,
  useAnswer,
  useGo,
  useMe,
  useQueryMembers,
} from '#web/platform'
import { useCaseSlots } from './case-slots.tsx'
import { type AskedField, type FilledFields, FilledForm } from './filled-fields.tsx'
import { KeepFromField } from './kept-from.tsx'
import { useTrail } from './trail.ts'

type Members = Readonly<Record<string, string | undefined>>

// A page that leads here may have chosen already: members named as a question of the form, with one of its codes.
const chosenBefore = (form: readonly AskedField[], members: Members): FilledFields =>
  Object.fromEntries(
    form.flatMap(({ id, type, codes }) => {
      const code = codes.find((one) => type === 'code' && String(one.code) === members[id])
      return code ? [[id, code.code] as const] : []
    }),
  )

/** The form of one request, for a student or for one's own unit. */
export const RequestPage = () => {
  const { flow: id } = useAddress<'flow'>()
  const trail = useTrail()
  const [members] = useQueryMembers()
  const about =
    members.schoolId && members.studentId ? { schoolId: members.schoolId, studentId: members.studentId } : {}
  const answer = useAnswer(listOpenable, { query: about }, { freshFor: 300_000 })
  const flow = answer.data?.flows.find((one) => one.id === id)
  if (!flow)
    return (
      <Page title="发起事项" breadcrumb={trail}>
        {answer.error ? (
          <ErrorNote error={answer.error} />
        ) : answer.data ? (
          <Alert type="info" showIcon title="您不能为这名学生发起这件事,或者它已经不再办理。" />
        ) : (
          <Loading />
        )}
      </Page>
    )
  return (
    <Page title={flow.label} breadcrumb={[...trail, { label: '发起', to: `/flows/new?${new URLSearchParams(about)}` }]}>
      {flow.neverPublished ? (
        <Alert type="info" showIcon style={{ marginBottom: 16 }} title="这件事不公布,只有办理的人看得到。" />
      ) : null}
      <Panel>
        <Form flow={flow} members={members} />
      </Panel>
    </Page>
  )
}

interface FormProps {
  readonly flow: {
    readonly id: string
    readonly familySees: boolean
    readonly form: readonly AskedField[]
    readonly moves: readonly {
      readonly id: string
      readonly label: string
      readonly needsReason: boolean
      readonly fields: readonly AskedField[]
      readonly follows: string | null
    }[]
  }
  readonly members: Members
}

const Form = ({ flow, members }: FormProps) => {
  const me = useMe()
  const go = useGo()
  const { message } = App.useApp()
  const [content, setContent] = useState<FilledFields>(() => chosenBefore(flow.form, members))
  const [fields, setFields] = useState<FilledFields>({})
  const [reason, setReason] = useState('')
  const [keptFrom, setKeptFrom] = useState<readonly string[]>([])
  const [school, setSchool] = useState<string>()
  const { schools } = useCaseSlots()
  const Where = members.studentId ? undefined : schools?.[flow.id]
  const [ids] = useState(() => ({ id: newId(), stepId: newId() }))
  const act = useAct(openCase)
  const problems = isRefusal(act.error) ? act.error.fields : []
  const schoolId = members.schoolId ?? school ?? me.posts[0]?.unitId ?? ''
  const send = (move: string): void =>
    act.mutate(
      {
        params: { schoolId },
        body: {
          ...ids,
          flow: flow.id,
          move,
          studentId: members.studentId ?? null,
          content: content as never,
          fields: fields as never,
          reason: reason.trim() || null,
          keptFrom: [...keptFrom],
        },
      },
      {
        onSuccess: ({ id, schoolId: at }) => {
          message.success('已提交')
          go(`/flows/${at}/${id}`, {}, { replace: true })
        },
      },
    )
  const needsReason = flow.moves.some((move) => move.needsReason)
  const asked = flow.moves.flatMap((move) => move.fields)
  return (
    <form
      noValidate
      style={{ maxWidth: 720 }}
      onSubmit={(event) => {
        event.preventDefault()
        if (flow.moves[0]) send(flow.moves[0].id)
      }}
    >
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
      {Where ? <Where value={school} onChange={setSchool} /> : null}
      <FilledForm
        fields={flow.form}
        values={content}
        problems={problems}
        onChange={setContent}
        of={{ flow: flow.id, schoolId }}
      />
      <FilledForm fields={asked} values={fields} problems={problems} onChange={setFields} />
      {needsReason ? (
        <div className="field">
          <label htmlFor="open-reason">理由</label>
          <Input.TextArea
            id="open-reason"
            value={reason}
            maxLength={2_000}
            autoSize={{ minRows: 3 }}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
      ) : null}
      {flow.familySees && members.schoolId && members.studentId && me.family === null ? (
        <KeepFromField
          schoolId={members.schoolId}
          studentId={members.studentId}
          chosen={keptFrom}
          onChange={setKeptFrom}
        />
      ) : null}
      {flow.moves[0]?.follows ? <p className="quiet">{flow.moves[0].follows}</p> : null}
      <div className="thumb-bar">
        {flow.moves.map((move, index) => (
          <Button
            key={move.id}
            size="large"
            type={index === 0 ? 'primary' : 'default'}
            loading={act.isPending}
            onClick={() => send(move.id)}
          >
            {move.label}
          </Button>
        ))}
      </div>
    </form>
  )
}

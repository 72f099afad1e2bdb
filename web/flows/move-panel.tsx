import { Alert, App, Button, Input } from 'antd'
import { useState } from 'react'
import { moveCase } from '#contract/flows'
import { isRefusal, newId, Panel, sentenceOf, useAct, useMe } from '#web/platform'
import type { ShownCase } from './case-slots.tsx'
import { type FilledFields, FilledForm } from './filled-fields.tsx'

type Offered = ShownCase['moves'][number]

/** What this person may do now: what will follow is said before the click; nothing typed is lost on a refusal. */
export const MovePanel = ({ shown }: { shown: ShownCase }) => {
  const isFamily = useMe().family !== null
  const [chosen, setChosen] = useState<Offered>()
  if (shown.moves.length === 0) return null
  // Whoever asked may take it back, and what is done may be looked at again: nothing that waits for this person.
  const atRest = shown.moves.every(({ id }) => id === 'withdraw') || (!isFamily && shown.waitingFor.length === 0)
  // What carries the case on stands first; what has to be explained comes after it.
  const offered = [...shown.moves].sort((one, other) => Number(one.needsReason) - Number(other.needsReason))
  const only = shown.moves.length === 1 ? shown.moves[0] : undefined
  const move = chosen ?? (only && !atRest && (only.needsReason || only.fields.length > 0) ? only : undefined)
  return (
    <Panel title={atRest ? '您可以' : '由您办理'}>
      <div className="choices" style={{ display: 'grid', gap: 8 }}>
        {offered.map((one, index) => (
          <div key={one.id}>
            <Button
              block
              size="large"
              type={
                move?.id === one.id || (!move && index === 0 && !atRest && !one.needsReason) ? 'primary' : 'default'
              }
              disabled={one.whyNot !== null}
              aria-expanded={move?.id === one.id}
              onClick={() => setChosen(one)}
            >
              {one.label}
            </Button>
            {one.whyNot ? <div className="quiet">{one.whyNot}</div> : null}
          </div>
        ))}
      </div>
      {move && move.whyNot === null ? (
        <MoveForm key={move.id} shown={shown} move={move} onLeave={() => setChosen(undefined)} />
      ) : null}
    </Panel>
  )
}

const MoveForm = ({ shown, move, onLeave }: { shown: ShownCase; move: Offered; onLeave: () => void }) => {
  const { message } = App.useApp()
  const [reason, setReason] = useState('')
  const [fields, setFields] = useState<FilledFields>({})
  // One id for all tries of this form: sending again after a lost answer moves once.
  const [stepId] = useState(newId)
  const act = useAct(moveCase)
  const problems = isRefusal(act.error) ? act.error.fields : []
  const send = (): void =>
    act.mutate(
      {
        params: { schoolId: shown.schoolId, caseId: shown.caseId },
        body: { stepId, move: move.id, version: shown.version, reason: reason.trim() || null, fields: fields as never },
      },
      { onSuccess: () => void message.success(`已办理:${move.label}`) },
    )
  const reasonProblem = problems.find(({ field }) => field === 'reason')?.reason
  return (
    <form
      noValidate
      style={{ marginTop: 16 }}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {move.follows ? <p>{move.follows}</p> : null}
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
      <FilledForm fields={move.fields} values={fields} problems={problems} onChange={setFields} />
      <div className="field">
        <label htmlFor="move-reason">理由{move.needsReason ? null : <span className="quiet">(可不填)</span>}</label>
        <Input.TextArea
          id="move-reason"
          value={reason}
          maxLength={2_000}
          autoSize={{ minRows: 2, maxRows: 10 }}
          {...(reasonProblem ? { status: 'error' as const } : {})}
          onChange={(event) => setReason(event.target.value)}
        />
        {reasonProblem ? (
          <div className="field-problem" role="alert">
            {reasonProblem}
          </div>
        ) : null}
      </div>
      <div className="form-acts">
        <Button
          type="primary"
          htmlType="submit"
          loading={act.isPending}
          disabled={move.needsReason && reason.trim() === ''}
        >
          确定{move.label}
        </Button>
        <Button onClick={onLeave}>先不办</Button>
      </div>
    </form>
  )
}

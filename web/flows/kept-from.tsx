import { App, Button } from 'antd'
import { useState } from 'react'
import { keepFrom, listGuardiansToKeep, listKeptFrom } from '#contract/flows'
import { Panel, sentenceOf, useAct, useAnswer } from '#web/platform'
import { GuardianChoice } from '#web/students'
import type { ShownCase } from './case-slots.tsx'

/** Before a request goes out: which guardian is to know nothing of it. Nothing is shown where there is none. [G33] */
export const KeepFromField = (props: {
  readonly schoolId: string
  readonly studentId: string
  readonly chosen: readonly string[]
  readonly onChange: (contactIds: string[]) => void
}) => {
  const { schoolId, studentId } = props
  const { data } = useAnswer(listGuardiansToKeep, { params: { schoolId, studentId } }, { freshFor: 300_000 })
  if (!data || data.guardians.length === 0) return null
  return (
    <div className="field">
      <span className="strong">不告知哪位监护人</span>
      <div className="quiet field-hint">情况可能与他有关的,选上:这件事、到哪一步、有几件,他都看不到。不选的照常。</div>
      <GuardianChoice guardians={data.guardians} chosen={props.chosen} onChange={props.onChange} />
    </div>
  )
}

/** Whom a case is kept from, for those who handle it. [G33] */
export const KeptFrom = ({ shown }: { shown: ShownCase }) => {
  const { message } = App.useApp()
  const params = { schoolId: shown.schoolId, caseId: shown.caseId }
  const { data } = useAnswer(listKeptFrom, { params }, { freshFor: 60_000 })
  const act = useAct(keepFrom, { refreshes: [listKeptFrom] })
  const [changed, setChanged] = useState<readonly string[]>()
  if (!data || data.guardians.length === 0) return null
  const kept = data.guardians.filter((one) => one.kept)
  return (
    <Panel
      title="不告知"
      aside={changed ? null : <Button onClick={() => setChanged(kept.map(({ contactId }) => contactId))}>更改</Button>}
    >
      {changed ? (
        <>
          <GuardianChoice guardians={data.guardians} chosen={changed} onChange={setChanged} />
          <p className="quiet">选上的监护人看不到这件事、到哪一步、有几件;去掉的照常。</p>
          <div className="form-acts">
            <Button
              type="primary"
              loading={act.isPending}
              onClick={() =>
                act.mutate(
                  { params, body: { contactIds: [...changed] } },
                  {
                    onSuccess: () => {
                      message.success('已更改')
                      setChanged(undefined)
                    },
                    onError: (failed) => void message.error(sentenceOf(failed)),
                  },
                )
              }
            >
              确定
            </Button>
            <Button onClick={() => setChanged(undefined)}>先不办</Button>
          </div>
        </>
      ) : (
        <p>
          {kept.length > 0 ? `不告知:${kept.map(({ name }) => name).join('、')}` : <span className="quiet">没有</span>}
        </p>
      )}
    </Panel>
  )
}

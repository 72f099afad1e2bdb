import { App, Button } from 'antd'
import { useState } from 'react'
import { keepRecordFrom, listRecordKeptFrom } from '#contract/records'
import { sentenceOf, useAct, useAnswer } from '#web/platform'
import { GuardianChoice } from '#web/students'

/** Which guardian a record is kept from, for its author and who may withdraw it; nothing for everybody else. [G33] */
export const KeptFrom = ({ schoolId, recordId }: { readonly schoolId: string; readonly recordId: string }) => {
  const { message } = App.useApp()
  const params = { schoolId, recordId }
  const { data } = useAnswer(listRecordKeptFrom, { params }, { freshFor: 60_000 })
  const act = useAct(keepRecordFrom, { refreshes: [listRecordKeptFrom] })
  const [changed, setChanged] = useState<readonly string[]>()
  if (!data || data.guardians.length === 0) return null
  const kept = data.guardians.filter((one) => one.kept)
  const send = (): void =>
    act.mutate(
      { params, body: { contactIds: [...(changed ?? [])] } },
      {
        onSuccess: () => {
          message.success('已更改')
          setChanged(undefined)
        },
        onError: (failed) => void message.error(sentenceOf(failed)),
      },
    )
  return (
    <section style={{ marginTop: 24 }} aria-label="不告知">
      <h2 className="small-head">不告知哪位监护人</h2>
      {changed ? (
        <>
          <p className="quiet">情况可能与他有关的,选上:这条记录他看不到。</p>
          <GuardianChoice guardians={data.guardians} chosen={changed} onChange={setChanged} />
          <div className="form-acts">
            <Button type="primary" loading={act.isPending} onClick={send}>
              确定
            </Button>
            <Button onClick={() => setChanged(undefined)}>先不办</Button>
          </div>
        </>
      ) : (
        <p>
          {kept.length > 0 ? kept.map(({ name }) => name).join('、') : <span className="quiet">没有</span>}{' '}
          <Button size="small" onClick={() => setChanged(kept.map(({ contactId }) => contactId))}>
            更改
          </Button>
        </p>
      )}
    </section>
  )
}

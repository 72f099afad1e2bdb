import { Button } from 'antd'
import { getCase } from '#contract/flows'
import { getApplicationSheet } from '#contract/recognition'
import { ErrorNote, Loading, Page, useAddress, useAnswer, useMe } from '#web/platform'
import { Sheet } from './sheet.tsx'

/** The application on paper: for signing by hand, and for the school's file. The window and the file are named neutrally. */
export const SheetPage = () => {
  const params = useAddress<'schoolId' | 'caseId'>()
  const { family } = useMe()
  const shown = useAnswer(getCase, { params })
  const sheet = useAnswer(getApplicationSheet, { params })
  const error = shown.error ?? sheet.error
  const trail = [
    family ? { label: '我的', to: '/my' } : { label: '办理', to: '/flows' },
    { label: '学年申请', to: `/flows/${params.schoolId}/${params.caseId}` },
  ]
  return (
    <Page
      title="打印申请表"
      tabTitle="学年申请"
      breadcrumb={trail}
      lead="平台打印件:栏目取各省申请表的共有栏目,贵省另有统一表样的,以统一表样为准。"
      actions={
        shown.data && sheet.data ? (
          <Button type="primary" onClick={() => window.print()}>
            打印
          </Button>
        ) : null
      }
    >
      {error ? <ErrorNote error={error} /> : null}
      {shown.data && sheet.data ? (
        <Sheet params={params} shown={shown.data} sheet={sheet.data} isFamily={family !== null} />
      ) : error ? null : (
        <Loading rows={10} />
      )}
    </Page>
  )
}

import { Alert, App, Button, Progress } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { attachToCase, getCase, moveCase, saveContent } from '#contract/flows'
import type { AnswerOf } from '#contract/platform'
import { type FilledFields, FilledForm } from '#web/flows'
import {
  answers,
  call,
  ErrorNote,
  formatTime,
  Go,
  isRefusal,
  Loading,
  newId,
  Page,
  Panel,
  refresh,
  sentenceOf,
  upload,
  useAddress,
  useAnswer,
  useGo,
  useMe,
  useRested,
} from '#web/platform'
import { pagesOf } from './form-pages.ts'
import { SignaturePad } from './signature-pad.tsx'
import { SignedPaper } from './signed-paper.tsx'

type Shown = AnswerOf<typeof getCase>

/** The form, page by page, kept as it is filled in; at the end the promise and the signature. [C8] */
export const ApplyPage = () => {
  const params = useAddress<'schoolId' | 'caseId'>()
  const answer = useAnswer(getCase, { params }, { freshFor: Number.POSITIVE_INFINITY })
  if (answer.error) return <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
  if (!answer.data) return <Loading rows={8} />
  if (answer.data.state !== 'draft')
    return (
      <Page title="学年申请">
        <Alert type="info" showIcon title={answer.data.told} />
        <p>
          <Go to={`/flows/${params.schoolId}/${params.caseId}`}>看这件申请</Go>
        </p>
      </Page>
    )
  return <Filling key={answer.data.version} params={params} shown={answer.data} />
}

interface Props {
  readonly params: { readonly schoolId: string; readonly caseId: string }
  readonly shown: Shown
}

// What was typed rests a moment, then is kept; leaving the page early loses nothing that was kept.
const useKept = ({ params, shown }: Props, content: FilledFields) => {
  const rested = useRested(content, 800)
  const first = useRef(content)
  const [savedAt, setSavedAt] = useState<string>()
  const [saved, setSaved] = useState<FilledFields>(content)
  const [failure, setFailure] = useState<unknown>()
  useEffect(() => {
    if (rested === first.current) return
    let current = true
    call(saveContent, { params, body: { content: rested as never, version: shown.version } })
      .then(({ savedAt: at }) => {
        if (!current) return
        setSavedAt(at)
        setSaved(rested)
        setFailure(undefined)
      })
      .catch((error: unknown) => current && setFailure(error))
    return () => {
      current = false
    }
  }, [rested, params, shown.version])
  return { savedAt, failure, isSaved: saved === content }
}

const Filling = ({ params, shown }: Props) => {
  const go = useGo()
  const { message } = App.useApp()
  const [content, setContent] = useState<FilledFields>(() => ({
    ...(shown.studentName && !shown.content.full_name ? { full_name: shown.studentName } : {}),
    ...shown.content,
  }))
  const [page, setPage] = useState(0)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const isFamily = useMe().family !== null
  const [signed, setSigned] = useState(
    shown.files.some(({ purpose }) => purpose === 'signature' || purpose === 'signed-paper'),
  )
  const kept = useKept({ params, shown }, content)
  const pages = pagesOf(shown.form)
  const here = pages[page]
  const isLast = page === pages.length - 1
  const problems = isRefusal(problem) ? problem.fields : []
  const turn = (to: number): void => {
    setPage(to)
    window.scrollTo(0, 0)
  }
  const sign = async (purpose: 'signature' | 'signed-paper', file: Blob): Promise<void> => {
    setBusy(true)
    try {
      await upload(attachToCase, { params: { ...params, fileId: newId() }, query: { purpose } }, file)
      setSigned(true)
    } catch (error) {
      message.error(sentenceOf(error))
    }
    setBusy(false)
  }
  const submit = async (): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    try {
      await call(saveContent, { params, body: { content: content as never, version: shown.version } })
      await call(moveCase, { params, body: { stepId: newId(), move: 'submit', version: shown.version } })
      message.success('已提交')
      await refresh(answers)
      go(`/flows/${params.schoolId}/${params.caseId}`, {}, { replace: true })
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }
  return (
    <Page title="学年申请" lead={[shown.studentName, shown.className].filter(Boolean).join(' · ')}>
      <Progress percent={Math.round(((page + 1) / pages.length) * 100)} showInfo={false} aria-label="填写进度" />
      <p className="quiet" role="status">
        {kept.failure
          ? `没有保存:${sentenceOf(kept.failure)}`
          : kept.savedAt && !kept.isSaved
            ? '正在保存…'
            : kept.savedAt
              ? `已保存 ${formatTime(new Date(kept.savedAt))}`
              : '边填边存'}
      </p>
      <Panel title={`${page + 1}/${pages.length} ${here?.title ?? ''}`}>
        <FilledForm fields={here?.fields ?? []} values={content} problems={problems} onChange={setContent} />
        {isLast && signed ? <p>✓ {isFamily ? '已签名' : '已附签字的纸质件'}</p> : null}
        {isLast && !signed && isFamily ? (
          <SignaturePad busy={busy} onSigned={(png) => void sign('signature', png)} />
        ) : null}
        {isLast && !signed && !isFamily ? (
          <SignedPaper params={params} busy={busy} onChosen={(file) => void sign('signed-paper', file)} />
        ) : null}
        {problem ? (
          <Alert
            type="warning"
            showIcon
            role="alert"
            style={{ marginTop: 12 }}
            title={sentenceOf(problem)}
            description={problems.map(({ reason }) => reason).join(';') || '您写的内容还在。'}
          />
        ) : null}
      </Panel>
      <div className="thumb-bar">
        <Button size="large" disabled={page === 0} onClick={() => turn(page - 1)}>
          上一页
        </Button>
        {isLast ? (
          <Button type="primary" size="large" loading={busy} disabled={!signed} onClick={() => void submit()}>
            提交申请
          </Button>
        ) : (
          <Button type="primary" size="large" onClick={() => turn(page + 1)}>
            下一页
          </Button>
        )}
      </div>
    </Page>
  )
}

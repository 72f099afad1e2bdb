import { App } from 'antd'
import { useEffect, useRef, useState } from 'react'
import {
  answers,
  ErrorNote,
  Go,
  Loading,
  Missing,
  newId,
  Page,
  Panel,
  refresh,
  useCarried,
  useGo,
  useMe,
  useQueryMembers,
} from '#web/platform'
import { type Carried, readCarried } from './carried.ts'
import { discard, findPaper, papersOf, savePaper } from './device-store.ts'
import { begin, type Paper, type RecordKind, type Sent } from './paper.ts'
import { RecordForm } from './record-form.tsx'
import { useRecordKinds } from './record-kinds.ts'
import { handIn } from './send-papers.ts'
import { SentNote } from './sent-note.tsx'

/** Writes one record down: a new one, one left unfinished on this device, or a correction. */
export const RecordPage = () => {
  const { kinds, error, retry } = useRecordKinds()
  const [members] = useQueryMembers()
  const carried = readCarried(useCarried())
  if (!kinds) {
    return (
      <Page title="记录">
        <Panel>
          {error ? <ErrorNote error={error} retry={retry} safe="本机上没有发出的记录都在。" /> : <Loading />}
        </Panel>
      </Page>
    )
  }
  return <Writing key={members.draft ?? 'new'} draftId={members.draft} carried={carried} kinds={kinds} />
}

interface WritingProps {
  readonly draftId: string | undefined
  readonly carried: Carried | undefined
  readonly kinds: readonly RecordKind[]
}

const Writing = ({ draftId, carried, kinds }: WritingProps) => {
  const me = useMe()
  const go = useGo()
  const { modal } = App.useApp()
  const { paper, missing } = usePaper(draftId, carried, kinds)
  const [done, setDone] = useState<{ paper: Paper; sent: Sent | undefined; waiting: boolean }>()
  const kind = kinds.find((one) => one.kind === paper?.kind)

  const submit = async (handed: Paper): Promise<Paper | undefined> => {
    const after = await handIn(handed, kind)
    if (after.paper?.state === 'refused') return after.paper
    setDone({ paper: handed, sent: after.sent, waiting: after.paper !== undefined })
    void refresh(answers)
    return undefined
  }
  const throwAway = (): void => {
    modal.confirm({
      title: '不要这条记录了?',
      content: '写下的内容和附件会从本机删除,不能找回。',
      okText: '删除',
      okButtonProps: { danger: true },
      cancelText: '接着写',
      onOk: async () => {
        if (paper) await discard(paper.id)
        window.history.length > 1 ? window.history.back() : go('/')
      },
    })
  }

  if (done) return <SentNote {...done} />
  if (missing || (paper && (paper.personId !== me.personId || !kind)))
    return (
      <Page title="记录">
        <Panel>
          <Missing title="这里没有要写的记录" act={<Go to="/students">去选学生</Go>}>
            先在学生名单里勾选学生,或打开一名学生的档案,再点“记一笔”。
          </Missing>
        </Panel>
      </Page>
    )
  if (!paper || !kind) return <Loading />
  return (
    <Page title={paper.supersedes ? `更正${kind.neutralTitle}` : kind.neutralTitle}>
      <div style={{ maxWidth: 720 }}>
        <Panel>
          <RecordForm paper={paper} kind={kind} onHandIn={submit} onDiscard={throwAway} />
        </Panel>
      </div>
    </Page>
  )
}

const sameStudents = (paper: Paper, carried: Carried): boolean =>
  paper.students.length === carried.students.length &&
  paper.students.every(({ id }) => carried.students.some((other) => other.id === id))

/** The paper of this page: by its id, or one left unfinished for the same students and kind, or a new one. */
const usePaper = (draftId: string | undefined, carried: Carried | undefined, kinds: readonly RecordKind[]) => {
  const { personId, today } = useMe()
  const go = useGo()
  const [paper, setPaper] = useState<Paper>()
  const [missing, setMissing] = useState(false)
  const asked = useRef(false)
  useEffect(() => {
    if (asked.current) return
    asked.current = true
    const find = async (): Promise<void> => {
      if (draftId) {
        const found = await findPaper(draftId)
        return found ? setPaper(found) : setMissing(true)
      }
      const kind = kinds.find((one) => one.kind === carried?.kind)
      if (!carried || !kind) return setMissing(true)
      const mine = await papersOf(personId)
      const unfinished = mine.find(
        (one) =>
          one.state === 'draft' &&
          one.kind === kind.kind &&
          sameStudents(one, carried) &&
          one.supersedes === (carried.corrects?.recordId ?? null),
      )
      const { students, corrects } = carried
      const chosen =
        unfinished ??
        begin({ id: newId(), personId, kind, students, today, now: Date.now(), ...(corrects ? { corrects } : {}) })
      await savePaper(chosen)
      go('/records/new', { draft: chosen.id }, { replace: true })
    }
    void find()
  }, [draftId, carried, kinds, personId, today, go])
  return { paper, missing }
}

import { Alert, Button, Input } from 'antd'
import { type ReactNode, useCallback, useEffect, useId, useRef, useState } from 'react'
import { addDays, type FieldReason } from '#contract/platform'
import { formatTime, useMe, useOnline } from '#web/platform'
import { AttachedFiles } from './attached-files.tsx'
import { Chips } from './chips.tsx'
import { keepPaper } from './device-store.ts'
import { FieldInput, Problem } from './field-input.tsx'
import {
  askedFields,
  handedIn,
  type Paper,
  problemsOf,
  type RecordKind,
  reasonOn,
  underHeadings,
  withField,
  written,
} from './paper.ts'
import { Subjects } from './subjects.tsx'

interface Props {
  readonly paper: Paper
  readonly kind: RecordKind
  readonly onHandIn: (paper: Paper) => Promise<Paper | undefined>
  readonly onDiscard: () => void
}

/** One record, one column, large enough for a thumb. Every stroke is kept on the device. */
export const RecordForm = ({ paper: first, kind, onHandIn, onDiscard }: Props) => {
  const { today } = useMe()
  const online = useOnline()
  const [paper, setPaper] = useState(first)
  const [problems, setProblems] = useState<readonly FieldReason[]>(first.reason?.fields ?? [])
  const [busy, setBusy] = useState(false)
  const { savedAt, stopSaving } = useSaving(paper)
  const form = useRef<HTMLFormElement>(null)

  const change = (part: Parameters<typeof written>[1], field: string): void => {
    setPaper((before) => written(before, part, Date.now()))
    setProblems((before) => before.filter((problem) => problem.field !== field && problem.field !== `fields.${field}`))
  }
  const show = (found: readonly FieldReason[]): void => {
    setProblems(found)
    const name = found[0]?.field.replace(/^fields\./, '')
    const place = form.current?.querySelector<HTMLElement>(`[data-field="${name}"]`)
    place?.scrollIntoView({ block: 'center' })
    place?.querySelector<HTMLElement>('input, textarea')?.focus({ preventScroll: true })
  }
  const submit = async (): Promise<void> => {
    const found = problemsOf(paper, kind, today)
    if (found.length > 0) return show(found)
    setBusy(true)
    stopSaving()
    const after = await onHandIn(handedIn(paper, Date.now()))
    setBusy(false)
    if (!after) return
    setPaper(after)
    show(after.reason?.fields ?? [])
  }

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Subjects students={paper.students} />
      {paper.reason ? (
        <Alert
          type="warning"
          showIcon
          role="alert"
          style={{ margin: '12px 0' }}
          title={paper.reason.sentence}
          description={paper.stored ? '记录本身已经保存;请处理附件后再发送。' : '内容都还在本机,改好后再提交。'}
        />
      ) : null}
      {paper.supersedes ? (
        <Alert
          type="info"
          showIcon
          style={{ margin: '12px 0' }}
          title="这是对原记录的更正。提交后以这一条为准,原记录仍会留存。"
        />
      ) : null}
      <DateInput
        value={paper.actDate}
        today={today}
        problem={reasonOn(problems, 'actDate')}
        onChange={(actDate) => change({ actDate }, 'actDate')}
      />
      {kind.modes.length > 0 ? (
        <fieldset className="field bare" data-field="mode">
          <legend>方式</legend>
          <Chips
            name="mode"
            many={false}
            options={kind.modes}
            chosen={paper.mode === null ? [] : [paper.mode]}
            onChange={([mode]) => change({ mode: mode ?? null }, 'mode')}
          />
          <Problem id="mode" text={reasonOn(problems, 'mode')} />
        </fieldset>
      ) : null}
      {underHeadings(askedFields(kind)).map(({ heading, fields }) => (
        <Group key={fields[0]?.id} heading={heading}>
          {fields.map((field) => (
            <FieldInput
              key={field.id}
              kind={kind.kind}
              field={field}
              value={paper.fields[field.id]}
              problem={reasonOn(problems, field.id)}
              onChange={(value) => change({ fields: withField(paper.fields, field.id, value) }, field.id)}
            />
          ))}
        </Group>
      ))}
      <AttachedFiles paperId={paper.id} />
      <p className="quiet">
        提交后记入学生的成长经过,不能改写,但可以更正;误记的可以撤回,都会留痕。
        {online ? '' : '现在没有网络,提交后先存在本机,连上后自动发送。'}
      </p>
      <div className="thumb-bar">
        <Button type="primary" size="large" htmlType="submit" loading={busy}>
          提交记录
        </Button>
        <Button size="large" onClick={onDiscard}>
          不要了
        </Button>
        <span className="quiet" role="status">
          {savedAt ? `已保存 ${savedAt}` : ''}
        </span>
      </div>
    </form>
  )
}

const Group = ({ heading, children }: { heading: string | null; children: ReactNode }) => {
  const id = useId()
  if (heading === null) return children
  return (
    <section aria-labelledby={id} style={{ marginTop: 32 }}>
      <h2 id={id} style={{ fontSize: '1.12em' }}>
        {heading}
      </h2>
      {children}
    </section>
  )
}

/**
 * Keeps the paper on the device as it is written: every stroke at once, the latest wins while one is being kept. A page
 * that is hidden or ends has no time left to wait for a pause in the writing.
 */
const useSaving = (paper: Paper): { savedAt: string | undefined; stopSaving: () => void } => {
  const [savedAt, setSavedAt] = useState<string>()
  const unsaved = useRef<Paper>(undefined)
  const saving = useRef(false)
  const begun = useRef(paper.changedAt)
  const save = useCallback(async (): Promise<void> => {
    if (saving.current) return
    saving.current = true
    try {
      while (unsaved.current) {
        const latest = unsaved.current
        unsaved.current = undefined
        // Only a paper that still lies on the device: one thrown away or sent does not come back.
        await keepPaper(latest)
      }
      setSavedAt(formatTime(new Date()))
    } finally {
      saving.current = false
    }
  }, [])
  useEffect(() => {
    if (paper.state !== 'draft' || paper.changedAt === begun.current) return
    unsaved.current = paper
    void save()
  }, [paper, save])
  useEffect(() => {
    const flush = (): void => void save()
    document.addEventListener('visibilitychange', flush)
    window.addEventListener('pagehide', flush)
    return () => {
      document.removeEventListener('visibilitychange', flush)
      window.removeEventListener('pagehide', flush)
      flush()
    }
  }, [save])
  // Handing in takes the paper over: a late stroke must not put the draft back.
  const stopSaving = (): void => {
    unsaved.current = undefined
  }
  return { savedAt, stopSaving }
}

interface DateProps {
  readonly value: string
  readonly today: string
  readonly problem: string | undefined
  readonly onChange: (date: string) => void
}

const DateInput = ({ value, today, problem, onChange }: DateProps) => (
  <div className="field" data-field="actDate">
    <label htmlFor="field-actDate">日期</label>
    <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
      <Input
        id="field-actDate"
        type="date"
        style={{ width: 180 }}
        max={today}
        value={value}
        {...(problem ? { status: 'error' as const } : {})}
        onChange={(event) => onChange(event.target.value)}
      />
      <Button onClick={() => onChange(today)}>今天</Button>
      <Button onClick={() => onChange(addDays(today, -1))}>昨天</Button>
    </div>
    <Problem id="actDate" text={problem} />
  </div>
)

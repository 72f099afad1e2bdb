import { PaperClipOutlined } from '@ant-design/icons'
import { App, Button, Select } from 'antd'
import { useRef, useState } from 'react'
import { attachToCase, getCase, getCaseFile } from '#contract/flows'
import { answers, download, formatMoment, newId, refresh, sentenceOf, upload } from '#web/platform'
import type { ShownCase } from './case-slots.tsx'

const purposes = { material: '材料', signature: '签名', 'signed-paper': '签字的纸质件', minutes: '会议记录' } as const
type Purpose = keyof typeof purposes

const nameOf = (purpose: string): string => (Object.hasOwn(purposes, purpose) ? purposes[purpose as Purpose] : '材料')

/** The papers of a case, and adding one for whoever may act on it. */
export const CaseFiles = ({ shown }: { shown: ShownCase }) => {
  const params = { schoolId: shown.schoolId, caseId: shown.caseId }
  const { message } = App.useApp()
  const open = (fileId: string): void => {
    download(getCaseFile, { params: { ...params, fileId } }).catch(
      (error: unknown) => void message.error(sentenceOf(error)),
    )
  }
  return (
    <>
      {shown.files.length > 0 ? (
        <ul className="plain-list" style={{ marginTop: 16 }}>
          {shown.files.map((file) => (
            <li key={file.id} className="now-item">
              <Button type="link" icon={<PaperClipOutlined />} onClick={() => open(file.id)}>
                {nameOf(file.purpose)}
              </Button>
              <span className="quiet">
                {file.by} {formatMoment(file.at)}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {shown.moves.length > 0 && !shown.final ? <AddFile params={params} /> : null}
    </>
  )
}

const AddFile = ({ params }: { params: { readonly schoolId: string; readonly caseId: string } }) => {
  const { message } = App.useApp()
  const input = useRef<HTMLInputElement>(null)
  const [purpose, setPurpose] = useState<Purpose>('material')
  const [busy, setBusy] = useState(false)
  const send = async (file: File): Promise<void> => {
    setBusy(true)
    try {
      await upload(attachToCase, { params: { ...params, fileId: newId() }, query: { purpose } }, file)
      message.success('已附上')
      await refresh(answers, [getCase])
    } catch (error) {
      message.error(sentenceOf(error))
    }
    setBusy(false)
  }
  return (
    <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap', marginTop: 12 }}>
      <Select<Purpose>
        aria-label="附什么"
        style={{ width: 160 }}
        value={purpose}
        options={Object.entries(purposes).map(([value, label]) => ({ value: value as Purpose, label }))}
        onChange={setPurpose}
      />
      <input
        ref={input}
        type="file"
        hidden
        accept="image/jpeg,image/png,image/webp,application/pdf"
        aria-label="选择照片或 PDF"
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) void send(file)
        }}
      />
      <Button loading={busy} onClick={() => input.current?.click()}>
        附照片或 PDF
      </Button>
    </div>
  )
}

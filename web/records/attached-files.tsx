import { DeleteOutlined, PaperClipOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { newId, useMe } from '#web/platform'
import { dropFile, saveFile, usePaperFiles } from './device-store.ts'
import { makeReady, mostFiles } from './make-ready.ts'

export const sizeWords = (bytes: number): string =>
  bytes >= 1_048_576 ? `${(bytes / 1_048_576).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`

/** Photos and PDF that go with a paper; kept on the device until they have arrived. */
export const AttachedFiles = ({ paperId }: { paperId: string }) => {
  const { personId } = useMe()
  const files = usePaperFiles(paperId)
  const input = useRef<HTMLInputElement>(null)
  const [problems, setProblems] = useState<readonly string[]>([])
  const [busy, setBusy] = useState(false)
  const add = async (chosen: readonly File[]): Promise<void> => {
    setBusy(true)
    const room = mostFiles - files.length
    const found: string[] = chosen.length > room ? [`一条记录最多附 ${mostFiles} 件`] : []
    for (const file of chosen.slice(0, Math.max(0, room))) {
      try {
        const content = await makeReady(file)
        await saveFile({ id: newId(), paperId, personId, name: file.name, content, reason: null })
      } catch (error) {
        found.push(`${file.name}:${error instanceof Error ? error.message : '没有收下'}`)
      }
    }
    setProblems(found)
    setBusy(false)
  }
  return (
    <div className="field">
      <div>
        照片或 PDF<span className="quiet">(可不附)</span>
      </div>
      <div className="quiet field-hint">每件不超过 10 MB;照片会自动缩小,并去掉拍摄地点。请不要拍到证件和银行卡。</div>
      <ul className="plain-list">
        {files.map((file) => (
          <li key={file.id} className="now-item">
            <div>
              <span className="clip">
                <PaperClipOutlined aria-hidden /> {file.name}
              </span>
              <span className="quiet">{sizeWords(file.content.size)}</span>
              {file.reason ? <div className="field-problem">{file.reason}</div> : null}
            </div>
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={`去掉 ${file.name}`}
              onClick={() => void dropFile(file.id)}
            />
          </li>
        ))}
      </ul>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept="image/*,application/pdf"
        aria-label="选择照片或 PDF"
        onChange={(event) => {
          void add([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <Button icon={<PaperClipOutlined />} loading={busy} onClick={() => input.current?.click()}>
        加照片或 PDF
      </Button>
      {problems.map((problem) => (
        <div className="field-problem" role="alert" key={problem}>
          {problem}
        </div>
      ))}
    </div>
  )
}

import { FilePdfOutlined, PictureOutlined } from '@ant-design/icons'
import { Button, Flex, Image, Progress } from 'antd'
import { useRef, useState } from 'react'
import type { AnswerOf } from '#contract/platform'
import { attachFile, getAttachment, getRecord } from '#contract/records'
import { answers, fetchFile, newId, refresh, sentenceOf, upload } from '#web/platform'
import { sizeWords } from './attached-files.tsx'
import { makeReady } from './make-ready.ts'

type Full = AnswerOf<typeof getRecord>
type Attachment = Full['attachments'][number]

/** Attachments of a stored record; each is fetched only when tapped, since opening is on file. */
export const RecordFiles = ({ schoolId, record }: { schoolId: string; record: Full }) => {
  const mayAttach = record.may.includes('attach')
  if (record.attachments.length === 0 && !mayAttach) return null
  return (
    <section style={{ marginTop: 24 }}>
      <h2 className="small-head">附件</h2>
      <Flex gap={8} wrap>
        {record.attachments.map((attachment, index) => (
          <Opened key={attachment.id} schoolId={schoolId} attachment={attachment} name={`附件${index + 1}`} />
        ))}
        {mayAttach ? <Adding schoolId={schoolId} recordId={record.id} /> : null}
      </Flex>
    </section>
  )
}

const Opened = ({ schoolId, attachment, name }: { schoolId: string; attachment: Attachment; name: string }) => {
  const [address, setAddress] = useState<string>()
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const photo = attachment.mediaType.startsWith('image/')
  const open = async (): Promise<void> => {
    setBusy(true)
    setFailure(undefined)
    try {
      const { content } = await fetchFile(getAttachment, { params: { schoolId, attachmentId: attachment.id } })
      const found = URL.createObjectURL(content)
      if (photo) setAddress(found)
      else window.open(found, '_blank', 'noopener')
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const close = (): void => {
    if (address) URL.revokeObjectURL(address)
    setAddress(undefined)
  }
  return (
    <div>
      <Button icon={photo ? <PictureOutlined /> : <FilePdfOutlined />} loading={busy} onClick={() => void open()}>
        {name} · {sizeWords(attachment.byteSize)}
      </Button>
      {failure ? (
        <div className="field-problem" role="alert">
          {sentenceOf(failure)}
        </div>
      ) : null}
      {address ? (
        <Image
          alt={name}
          src={address}
          styles={{ root: { display: 'none' } }}
          preview={{ open: true, onOpenChange: (shown) => (shown ? undefined : close()) }}
        />
      ) : null}
    </div>
  )
}

const Adding = ({ schoolId, recordId }: { schoolId: string; recordId: string }) => {
  const input = useRef<HTMLInputElement>(null)
  const [sent, setSent] = useState<number>()
  const [problem, setProblem] = useState<string>()
  const add = async (file: File | undefined): Promise<void> => {
    if (!file) return
    setProblem(undefined)
    setSent(0)
    try {
      const content = await makeReady(file)
      const params = { schoolId, recordId, attachmentId: newId() }
      await upload(attachFile, { params }, content, (done, total) => setSent(Math.round((done / total) * 100)))
      await refresh(answers, [getRecord])
    } catch (error) {
      const failed = error instanceof Error && !('sentence' in error) ? error.message : sentenceOf(error)
      setProblem(failed)
    } finally {
      setSent(undefined)
    }
  }
  return (
    <div>
      <input
        ref={input}
        type="file"
        hidden
        accept="image/*,application/pdf"
        aria-label="补一件照片或 PDF"
        onChange={(event) => {
          void add(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      {sent === undefined ? (
        <Button onClick={() => input.current?.click()}>补一件</Button>
      ) : (
        <Progress percent={sent} style={{ width: 160 }} />
      )}
      {problem ? (
        <div className="field-problem" role="alert">
          {problem}
        </div>
      ) : null}
    </div>
  )
}

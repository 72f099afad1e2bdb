import { Button } from 'antd'
import { useRef } from 'react'
import { Go } from '#web/platform'

interface Props {
  readonly params: { readonly schoolId: string; readonly caseId: string }
  readonly busy: boolean
  readonly onChosen: (file: Blob) => void
}

/** Filled in by the teacher for a family without a phone: printed, signed by hand, and a photo of it kept. [C8] */
export const SignedPaper = ({ params, busy, onChosen }: Props) => {
  const input = useRef<HTMLInputElement>(null)
  return (
    <div>
      <p>替家长填写的,请打印出来念给家长听,由家长签字(或按手印),再把签好字的那张拍照附上。</p>
      <div className="page-acts">
        <Go to={`/apply/${params.schoolId}/${params.caseId}/sheet`}>打印申请表</Go>
        <input
          ref={input}
          type="file"
          hidden
          accept="image/jpeg,image/png,image/webp,application/pdf"
          aria-label="选择签字纸质件的照片或 PDF"
          onChange={(event) => {
            const file = event.target.files?.[0]
            event.target.value = ''
            if (file) onChosen(file)
          }}
        />
        <Button type="primary" loading={busy} onClick={() => input.current?.click()}>
          附签字的纸质件
        </Button>
      </div>
    </div>
  )
}

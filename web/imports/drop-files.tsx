import { InboxOutlined } from '@ant-design/icons'
import { Button, Flex, theme } from 'antd'
import { type DragEvent, useRef, useState } from 'react'

/** A place to drop workbooks on, with a button that does the same for the keyboard and the phone. */
export function DropFiles({ unitName, onFiles }: { unitName: string; onFiles: (files: readonly File[]) => void }) {
  const { token } = theme.useToken()
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)

  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    onFiles([...event.dataTransfer.files])
  }

  return (
    <Flex
      vertical
      align="center"
      gap={8}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      style={{
        padding: token.paddingLG,
        textAlign: 'center',
        borderRadius: token.borderRadiusLG,
        border: `1px dashed ${over ? token.colorPrimary : token.colorBorder}`,
        background: over ? token.colorPrimaryBg : token.colorFillQuaternary,
      }}
    >
      <InboxOutlined aria-hidden style={{ fontSize: 32, color: token.colorPrimary }} />
      <span className="strong">{over ? '松开即可交表' : '把表格拖到这里,或者选择文件'}</span>
      <Button type="primary" size="large" onClick={() => input.current?.click()}>
        选择文件
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        accept=".xlsx,.xls,.csv"
        aria-label="选择要交的表格文件"
        tabIndex={-1}
        hidden
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <span className="quiet">交给{unitName}。可收 xlsx、xls、csv,一次多份会依次处理;先核对,您确认后才写入。</span>
    </Flex>
  )
}

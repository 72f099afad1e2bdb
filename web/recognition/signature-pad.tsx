import { Button } from 'antd'
import { type PointerEvent, useRef, useState } from 'react'

interface Props {
  readonly busy: boolean
  readonly onSigned: (png: Blob) => void
}

/** A signature drawn with the finger; sent as a small picture. */
export const SignaturePad = ({ busy, onSigned }: Props) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  const drawing = useRef(false)
  const [isDrawn, setDrawn] = useState(false)
  const at = (event: PointerEvent<HTMLCanvasElement>): [number, number] => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect()
    const { width: w, height: h } = event.currentTarget
    return [((event.clientX - left) * w) / width, ((event.clientY - top) * h) / height]
  }
  const begin = (event: PointerEvent<HTMLCanvasElement>): void => {
    const pen = event.currentTarget.getContext('2d')
    if (!pen) return
    event.currentTarget.setPointerCapture(event.pointerId)
    drawing.current = true
    pen.lineWidth = 4
    pen.lineCap = 'round'
    pen.beginPath()
    pen.moveTo(...at(event))
  }
  const draw = (event: PointerEvent<HTMLCanvasElement>): void => {
    const pen = event.currentTarget.getContext('2d')
    if (!drawing.current || !pen) return
    pen.lineTo(...at(event))
    pen.stroke()
    setDrawn(true)
  }
  const clear = (): void => {
    const board = canvas.current
    board?.getContext('2d')?.clearRect(0, 0, board.width, board.height)
    setDrawn(false)
  }
  return (
    <div>
      <p id="sign-here">请在框里用手指签名:</p>
      <canvas
        ref={canvas}
        width={680}
        height={300}
        aria-labelledby="sign-here"
        role="img"
        style={{
          width: '100%',
          maxWidth: 340,
          height: 150,
          border: '1px dashed',
          borderRadius: 8,
          touchAction: 'none',
        }}
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={() => {
          drawing.current = false
        }}
      />
      <div style={{ display: 'flex', gap: 8, marginTop: 8 }}>
        <Button onClick={clear}>重签</Button>
        <Button
          type="primary"
          disabled={!isDrawn}
          loading={busy}
          onClick={() => canvas.current?.toBlob((png) => png && onSigned(png), 'image/png')}
        >
          用这个签名
        </Button>
      </div>
    </div>
  )
}

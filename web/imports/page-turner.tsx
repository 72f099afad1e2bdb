import { Button, Flex } from 'antd'

interface Props {
  readonly page: number
  readonly onBack: (() => void) | undefined
  readonly onNext: (() => void) | undefined
}

/** Turns pages of a list that is read from a cursor. Absent when everything fits on one page. */
export function PageTurner({ page, onBack, onNext }: Props) {
  if (onBack === undefined && onNext === undefined) return null
  return (
    <Flex component="nav" aria-label="翻页" gap={12} align="center" justify="end" style={{ padding: 12 }}>
      <Button disabled={onBack === undefined} onClick={onBack}>
        上一页
      </Button>
      <span className="quiet number">{`第 ${page} 页`}</span>
      <Button disabled={onNext === undefined} onClick={onNext}>
        下一页
      </Button>
    </Flex>
  )
}

import { DownloadOutlined } from '@ant-design/icons'
import { Button, Flex } from 'antd'
import { useState } from 'react'
import { downloadRefused, downloadRemainder, type ImportView } from '#contract/imports'
import { download, ErrorNote } from '#web/platform'
import { isMatchedList } from './words.ts'

/** The workbooks that come back: refused rows, and who stands on only one side. Each button says what it contains. */
export function Downloads({ view }: { view: ImportView }) {
  const [busy, setBusy] = useState<string>()
  const [error, setError] = useState<unknown>()
  const params = { importId: view.id }

  const take = async (what: string, fetchIt: () => Promise<void>): Promise<void> => {
    setBusy(what)
    setError(undefined)
    await fetchIt().catch(setError)
    setBusy(undefined)
  }

  const offers = [
    {
      key: 'refused',
      show: view.counts.refused > 0,
      label: `下载退回的 ${view.counts.refused.toLocaleString('zh-CN')} 行`,
      hint: '原表样子,多一列“错误原因”,改好可以直接再交。',
      take: () => download(downloadRefused, { params }, '退回的行.xlsx'),
    },
    {
      key: 'list-only',
      show: isMatchedList(view),
      label: '导出“名单有、学籍无”',
      hint: '名单上有、学籍里没有对上的人。',
      take: () => download(downloadRemainder, { params, query: { side: 'list-only' } }, '名单有学籍无.xlsx'),
    },
    {
      key: 'roster-only',
      show: isMatchedList(view),
      label: '导出“学籍有、名单无”',
      hint: '在校、这份名单没有写到的学生。',
      take: () => download(downloadRemainder, { params, query: { side: 'roster-only' } }, '学籍有名单无.xlsx'),
    },
  ].filter((offer) => offer.show)

  if (offers.length === 0) return null
  return (
    <Flex vertical gap={12}>
      {offers.map((offer) => (
        <Flex key={offer.key} gap={12} align="center" wrap>
          <Button
            icon={<DownloadOutlined aria-hidden />}
            loading={busy === offer.key}
            onClick={() => void take(offer.key, offer.take)}
          >
            {offer.label}
          </Button>
          <span className="quiet">{`${offer.hint}下载会记入审计。`}</span>
        </Flex>
      ))}
      {error ? <ErrorNote error={error} /> : null}
    </Flex>
  )
}

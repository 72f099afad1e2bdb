import { DownloadOutlined } from '@ant-design/icons'
import { App, Button, Checkbox, Popconfirm } from 'antd'
import { useState } from 'react'
import { exportCoverage, exportCoverageOutside, exportMissing } from '#contract/counts'
import { download, sentenceOf } from '#web/platform'
import { numberText } from './share.ts'

/** Takes a file, tells when it cannot. */
const useTaking = () => {
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const take = async (fetchIt: () => Promise<void>): Promise<void> => {
    setBusy(true)
    await fetchIt().catch((error: unknown) => message.error(sentenceOf(error)))
    setBusy(false)
  }
  return { busy, take }
}

/** The figures of this page as a workbook, whole for the reporting chain or with small ones left out for others. [G3] */
export function ExportCoverage({
  unitId,
  unitName,
  below,
}: {
  unitId: string
  unitName: string
  below: number | undefined
}) {
  const { busy, take } = useTaking()
  const [isOutside, setOutside] = useState(false)
  const contents = `${unitName}${below === 0 ? '' : `和${below === undefined ? '' : ` ${numberText(below)} 个`}下级单位`}的六项应有、已有、比例;不含学生姓名。导出会记入审计。`
  const fetchIt = () =>
    isOutside
      ? download(exportCoverageOutside, { params: { unitId } }, '覆盖率(对外).xlsx')
      : download(exportCoverage, { params: { unitId } }, '覆盖率.xlsx')
  return (
    <Popconfirm
      title="导出覆盖率表"
      description={
        <div style={{ maxWidth: 320 }}>
          <p style={{ marginTop: 0 }}>{contents}</p>
          <Checkbox checked={isOutside} onChange={({ target }) => setOutside(target.checked)}>
            给上报单位以外的人用:小数字不列
          </Checkbox>
        </div>
      }
      okText="导出 Excel"
      cancelText="不导出"
      onConfirm={() => take(fetchIt)}
    >
      <Button icon={<DownloadOutlined aria-hidden />} loading={busy}>
        导出全部数字
      </Button>
    </Popconfirm>
  )
}

/** The names of who is missing as a workbook: said before it is taken, and on file afterwards. [C13] */
export function ExportMissing(props: { unitId: string; coverage: number; left: number; ofUnits: boolean }) {
  const { busy, take } = useTaking()
  const contents = props.ofUnits
    ? `${numberText(props.left)} 个单位的名称和所缺内容。`
    : `${numberText(props.left)} 名学生的姓名、学号、班级、学校、负责人。只用于开展帮扶,不得转发、张贴。`
  return (
    <Popconfirm
      title="导出未完成名单"
      description={<div style={{ maxWidth: 320 }}>{`${contents}导出会记入审计。`}</div>}
      okText="导出 Excel"
      cancelText="不导出"
      onConfirm={() =>
        take(() =>
          download(exportMissing, { params: { unitId: props.unitId, coverage: props.coverage } }, '未完成名单.xlsx'),
        )
      }
    >
      <Button icon={<DownloadOutlined aria-hidden />} loading={busy}>
        导出未完成名单
      </Button>
    </Popconfirm>
  )
}

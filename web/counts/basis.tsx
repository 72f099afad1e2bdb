import { InfoCircleOutlined } from '@ant-design/icons'
import { Popover } from 'antd'
import type { CoverageHead } from './coverage-answer.ts'

/** Where a figure's reckoning is written; says so when the document is silent and the reckoning is ours. */
export function Basis({ head }: { head: CoverageHead }) {
  return (
    <Popover
      trigger={['click', 'focus']}
      placement="bottomLeft"
      content={
        <div style={{ maxWidth: 360 }}>
          <div>{head.cite}</div>
          {head.standpoint ? (
            <div className="quiet">平台口径:文件没有写明怎样计算,由平台按原意确定,以当年文件为准。</div>
          ) : null}
        </div>
      }
    >
      <button
        type="button"
        className="link-button"
        style={{ whiteSpace: 'nowrap', flex: 'none' }}
        aria-label={`${head.label}的依据${head.standpoint ? ',平台口径' : ''}`}
      >
        <InfoCircleOutlined aria-hidden /> {head.standpoint ? '平台口径' : '依据'}
      </button>
    </Popover>
  )
}

import { Alert, Flex } from 'antd'
import type { ImportView } from '#contract/imports'
import { Figure, Go, Panel } from '#web/platform'
import { Downloads } from './downloads.tsx'
import { outcomeWords, tabsFor } from './outcomes.ts'
import { isMatchedList } from './words.ts'

// A link inside a sentence is told apart by more than its colour.
const underlined = { textDecoration: 'underline' }

/** How an import ended: what was written, what waits for a person, what goes back. */
export function ResultPanel({ view }: { view: ImportView }) {
  if (view.state === 'cancelled') {
    return (
      <Panel>
        <Alert
          type="info"
          showIcon
          title="这次导入已取消,没有写入任何内容"
          description={<Go to="/imports">回去重新交表</Go>}
        />
      </Panel>
    )
  }
  if (view.state === 'failed') {
    return (
      <Panel>
        <Alert
          type="error"
          showIcon
          title={view.refusal?.sentence ?? '这份表没有读成。'}
          description={
            <>
              没有写入任何内容,原有的数据都在。处理好以后可以
              <Go to="/imports" style={underlined}>
                再交一次
              </Go>
              。
            </>
          }
        />
      </Panel>
    )
  }
  const matched = isMatchedList(view)
  const shown = tabsFor(view.counts, matched).filter(({ count }) => count !== null)
  return (
    <Panel title="已写入">
      <Flex vertical gap={16}>
        <div className="figures">
          {shown.map(({ tab, count }) => (
            <Figure key={tab} label={outcomeWords[tab].label} value={count} />
          ))}
        </div>
        {view.counts.doubtful > 0 ? (
          <Alert
            type="warning"
            showIcon
            title={`有 ${view.counts.doubtful.toLocaleString('zh-CN')} 行有疑问,等人工核对`}
            description={<Go to={`/imports/${view.id}/matches`}>逐行核对</Go>}
          />
        ) : null}
        {matched && view.counts.doubtful === 0 ? <Go to={`/imports/${view.id}/matches`}>查看对上的理由</Go> : null}
        <Downloads view={view} />
        <span>
          现在可以
          <Go to="/coverage" style={underlined}>
            看覆盖率
          </Go>
          ,或者
          <Go to="/imports" style={underlined}>
            再交一份表
          </Go>
          。
        </span>
      </Flex>
    </Panel>
  )
}

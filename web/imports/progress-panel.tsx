import { Button, Flex, Popconfirm, Progress, Spin } from 'antd'
import { cancelImport, getImport, type ImportView, listImports } from '#contract/imports'
import { ErrorNote, Panel, useAct } from '#web/platform'
import { progressWords, stateWords } from './words.ts'

/** Work under way: step, count, rate, time left; it may be left alone or cancelled. */
export function ProgressPanel({ view }: { view: ImportView }) {
  const cancel = useAct(cancelImport, { refreshes: [getImport, listImports] })
  const { percent, sentence } = progressWords(view.progress)
  return (
    <Panel title={stateWords[view.state].label}>
      <Flex vertical gap={16}>
        {percent === null ? (
          <Flex gap={12} align="center">
            <Spin size="small" />
            <span>{sentence}</span>
          </Flex>
        ) : (
          <>
            <Progress percent={percent} aria-label={stateWords[view.state].label} />
            <span className="number">{sentence}</span>
          </>
        )}
        <div
          role="status"
          style={{ position: 'absolute', clip: 'rect(0 0 0 0)', width: 1, height: 1, overflow: 'hidden' }}
        >
          {percent === null
            ? stateWords[view.state].label
            : `${stateWords[view.state].label},约 ${Math.floor(percent / 10) * 10}%`}
        </div>
        <span className="quiet">可以离开这一页去做别的,处理不会停;回来在“导入与名单”里能找到。</span>
        {cancel.error ? <ErrorNote error={cancel.error} /> : null}
        <Flex>
          <Popconfirm
            title="取消这次导入?"
            description={
              view.state === 'committing'
                ? '已经写了一部分的会全部撤回,等于没有导入。'
                : '还没有写入任何内容,取消后可以重新交。'
            }
            okText="取消导入"
            cancelText="继续处理"
            onConfirm={() => cancel.mutate({ params: { importId: view.id }, body: {} })}
          >
            <Button loading={cancel.isPending}>取消</Button>
          </Popconfirm>
        </Flex>
      </Flex>
    </Panel>
  )
}

import { SearchOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Empty, FilterChips } from '#web/platform'
import { useClassRules } from './class-choice.tsx'
import { type ListFilters, standingWords, without } from './list-filters.ts'

export const Count = ({ total, capped }: { total: number | undefined; capped: boolean }) => (
  <span className="list-count quiet" role="status">
    {total === undefined ? '' : `共 ${total.toLocaleString('zh-CN')}${capped ? '+' : ''} 人`}
  </span>
)

export const Chosen = ({ filters, onChange }: { filters: ListFilters; onChange: (next: ListFilters) => void }) => {
  const rules = useClassRules()
  const ruleLabel = rules.find(({ rule }) => rule === filters.rule)?.label ?? '所选'
  const chips = [
    ...(filters.unit ? [{ key: 'unit', label: `单位:${filters.unitName}` }] : []),
    ...(filters.rule === undefined ? [] : [{ key: 'rule', label: `类别:${ruleLabel}` }]),
    ...(filters.mine ? [{ key: 'mine', label: '我负责的' }] : []),
    ...(filters.standing ? [{ key: 'standing', label: `学籍:${standingWords[filters.standing]}` }] : []),
  ]
  return (
    <div style={{ marginBottom: chips.length > 0 ? 12 : 0 }}>
      <FilterChips
        filters={chips}
        onRemove={(key) => onChange(without(filters, key as 'unit' | 'rule' | 'mine' | 'standing'))}
        onClear={() => onChange({})}
      />
    </div>
  )
}

export const Nobody = ({
  searched,
  filtered,
  onClear,
}: {
  searched: boolean
  filtered: boolean
  onClear: () => void
}) => {
  if (searched)
    return (
      <Empty
        title="没有找到"
        mark={<SearchOutlined />}
        act={filtered ? <Button onClick={onClear}>去掉条件再找</Button> : undefined}
      >
        可以试试姓名的前几个字、拼音首字母(张三写 zs),或学号开头几位。只找得到您工作范围内的学生。
      </Empty>
    )
  if (filtered)
    return (
      <Empty title="这些条件下没有学生" act={<Button onClick={onClear}>去掉条件</Button>}>
        换一个条件看看。
      </Empty>
    )
  return <Empty title="还没有学生">导入学籍名单后,这里就会有您工作范围内的学生。</Empty>
}

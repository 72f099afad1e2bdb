import { DownOutlined, RightOutlined } from '@ant-design/icons'
import { Checkbox, Flex, Input, Tag } from 'antd'
import { useState } from 'react'
import { listUnits, type UnitNode, unitKinds } from '#contract/organisations'
import { Empty, ErrorNote, Go, Loading, useAnswer, useRested } from '#web/platform'
import { childrenOf, topOf } from './tree-rows.ts'

interface Props {
  readonly current: string | undefined
  /** Units above the current one: they stand open. */
  readonly open: readonly string[]
}

/** The units this person may see, as a tree that reads each level when it is opened, or found by name or code. [T2] */
export function UnitTree({ current, open }: Props) {
  const [typed, setTyped] = useState('')
  const [withClosed, setWithClosed] = useState(false)
  const search = useRested(typed.trim())
  return (
    <nav aria-label="单位树">
      <Flex vertical gap={8} style={{ marginBottom: 8 }}>
        <Input.Search
          aria-label="按名称或标识码查找单位"
          placeholder="名称或标识码"
          allowClear
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Checkbox checked={withClosed} onChange={(event) => setWithClosed(event.target.checked)}>
          也看已撤销的
        </Checkbox>
      </Flex>
      {search === '' ? (
        <Top current={current} open={open} withClosed={withClosed} />
      ) : (
        <Found search={search} current={current} withClosed={withClosed} />
      )}
    </nav>
  )
}

const closedToo = (withClosed: boolean): { withClosed?: 'yes' } => (withClosed ? { withClosed: 'yes' } : {})

function Top({ current, open, withClosed }: Props & { withClosed: boolean }) {
  const { data, error, refetch } = useAnswer(listUnits, { query: closedToo(withClosed) }, { freshFor: 60_000 })
  if (error && data === undefined) return <ErrorNote error={error} retry={() => void refetch()} />
  if (data === undefined) return <Loading rows={6} />
  const top = topOf(data.units, data.roots)
  if (top.length === 0) return <Empty title="没有您能看的单位" />
  return (
    <ul className="plain-list">
      {top.map((unit) => (
        <Branch key={unit.id} unit={unit} depth={0} current={current} open={open} startsOpen withClosed={withClosed} />
      ))}
    </ul>
  )
}

function Found({ search, current, withClosed }: { search: string; current: string | undefined; withClosed: boolean }) {
  const { data, error, refetch } = useAnswer(
    listUnits,
    { query: { search, ...closedToo(withClosed) } },
    { keepLast: true },
  )
  if (error && data === undefined) return <ErrorNote error={error} retry={() => void refetch()} />
  if (data === undefined) return <Loading rows={4} />
  if (data.units.length === 0) return <Empty title="没有找到">换个名称,或者输入完整的标识码。</Empty>
  return (
    <ul className="plain-list" aria-label="找到的单位">
      {data.units.map((unit) => (
        <li key={unit.id} style={{ minHeight: 40, display: 'flex', alignItems: 'center' }}>
          <UnitLink unit={unit} current={current} />
        </li>
      ))}
    </ul>
  )
}

interface BranchProps extends Props {
  readonly unit: UnitNode
  readonly depth: number
  readonly startsOpen?: boolean
  readonly withClosed: boolean
}

function Branch({ unit, depth, current, open, startsOpen, withClosed }: BranchProps) {
  const [toggled, setToggled] = useState<boolean>()
  const isOpen = toggled ?? (startsOpen === true || open.includes(unit.id))
  const has = unit.children > 0
  const { data, error, refetch } = useAnswer(
    listUnits,
    { query: { parent: unit.id, ...closedToo(withClosed) } },
    { enabled: has && isOpen, freshFor: 60_000 },
  )
  return (
    <li>
      <Flex align="center" gap={4} style={{ minHeight: 40, paddingInlineStart: depth * 16 }}>
        {has ? (
          <button
            type="button"
            className="link-button"
            aria-expanded={isOpen}
            aria-label={`${isOpen ? '收起' : '展开'}${unit.name}`}
            onClick={() => setToggled(!isOpen)}
            style={{ flex: '0 0 24px', minHeight: 32, textAlign: 'center' }}
          >
            {isOpen ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />}
          </button>
        ) : (
          <span style={{ flex: '0 0 24px' }} />
        )}
        <UnitLink unit={unit} current={current} />
      </Flex>
      {isOpen && error && data === undefined ? <ErrorNote error={error} retry={() => void refetch()} /> : null}
      {has && isOpen && !error && data === undefined ? <Loading rows={2} /> : null}
      {isOpen && data !== undefined ? (
        <ul className="plain-list">
          {childrenOf(data.units, unit.id).map((child) => (
            <Branch
              key={child.id}
              unit={child}
              depth={depth + 1}
              current={current}
              open={open}
              withClosed={withClosed}
            />
          ))}
        </ul>
      ) : null}
    </li>
  )
}

function UnitLink({ unit, current }: { unit: UnitNode; current: string | undefined }) {
  const isCurrent = unit.id === current
  return (
    <span style={{ minWidth: 0 }} className={isCurrent ? 'unit-here' : undefined}>
      <Go
        to={`/units/${unit.id}`}
        className={isCurrent ? 'strong' : ''}
        {...(isCurrent ? { 'aria-current': 'page' as const } : {})}
      >
        {unit.name}
      </Go>{' '}
      <span className="quiet">{unitKinds[unit.kind].label}</span> {unit.closedOn === null ? null : <Tag>已撤销</Tag>}
    </span>
  )
}

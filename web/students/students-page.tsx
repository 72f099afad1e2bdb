import { SearchOutlined } from '@ant-design/icons'
import { Button, Tag } from 'antd'
import { useEffect, useState } from 'react'
import { countStudents, listStudents, type StudentLine } from '#contract/students'
import {
  agoWords,
  type DataColumn,
  DataTable,
  Empty,
  FilterChips,
  Page,
  Panel,
  useAnswer,
  useAnswerPages,
  useCarried,
  useGo,
  useIsPhone,
  useMe,
  usePath,
  useQueryMembers,
} from '#web/platform'
import { ClassChoice, ClassSwitch, ClassWarning, useClassRules } from './class-choice.tsx'
import { type PickedStudent, useFileSlots } from './file-slots.tsx'
import { filtersFrom, type ListFilters, membersOf } from './list-filters.ts'
import { SavedFilters } from './saved-filters.tsx'
import { SearchBox } from './search-box.tsx'
import { sexWord } from './student-words.ts'
import { UnitChoice } from './unit-choice.tsx'

const columnsFor = (manySchools: boolean, withClasses: boolean, today: string): DataColumn<StudentLine>[] => [
  { key: 'name', title: '姓名', width: 140, phone: 'title', render: (row) => row.name },
  {
    key: 'number',
    title: '学号',
    width: 190,
    phone: 'hidden',
    render: (row) => <span className="number">{row.number ?? '—'}</span>,
  },
  { key: 'sex', title: '性别', width: 64, phone: 'hidden', render: (row) => sexWord(row.sex) },
  { key: 'class', title: '班级', width: 150, phone: 'bare', render: (row) => row.className },
  ...(manySchools
    ? [
        {
          key: 'school',
          title: '学校',
          width: 200,
          phone: 'bare',
          render: (row) => row.schoolName,
        } satisfies DataColumn<StudentLine>,
      ]
    : []),
  {
    key: 'visit',
    title: '最近家访',
    width: 120,
    phone: 'line',
    render: (row) => <Visit on={row.lastVisit} today={today} />,
  },
  ...(withClasses
    ? [
        {
          key: 'classes',
          title: '类别',
          phone: 'bare',
          render: (row) => <Chips row={row} />,
        } satisfies DataColumn<StudentLine>,
      ]
    : []),
]

const Visit = ({ on, today }: { on: string | null; today: string }) =>
  on ? <span title={on}>{agoWords(on, today)}</span> : <span className="quiet">没有记录</span>

const Chips = ({ row }: { row: StudentLine }) => (
  <>
    {(row.classes ?? []).map(({ rule, label }) => (
      <Tag key={rule}>{label}</Tag>
    ))}
  </>
)

const keyOfRow = (row: StudentLine): string => `${row.schoolId}/${row.id}`

/** The list of students: answers while one types, remembers filters, leads to the file. */
export const StudentsPage = () => {
  const me = useMe()
  const go = useGo()
  const path = usePath()
  const [members] = useQueryMembers()
  const carried = useCarried() as { search?: string } | undefined
  const [search, setSearch] = useState(carried?.search ?? '')
  const phone = useIsPhone()
  const [folded, setFolded] = useState(true)
  const [withClasses, setWithClasses] = useState(false)
  const [picked, setPicked] = useState<readonly string[]>([])
  const filters = filtersFrom(members)
  const { RecordButton } = useFileSlots()

  const choose = (next: ListFilters): void => {
    setPicked([])
    go(path, membersOf(next), { replace: true, carry: { search } })
  }
  const asked = {
    ...(filters.unit ? { unit: filters.unit } : {}),
    ...(filters.rule === undefined ? {} : { rule: filters.rule }),
    ...(filters.mine ? { mine: 'yes' as const } : {}),
    ...(search ? { search: search } : {}),
  }
  const list = useAnswerPages(listStudents, {
    query: { ...asked, ...(withClasses ? { withClasses: 'yes' as const } : {}) },
  })
  const chosenCount = [filters.unit, filters.rule, filters.mine].filter((one) => one !== undefined).length
  const count = useAnswer(countStudents, { query: asked }, { keepLast: true })
  const rows = list.pages?.flatMap(({ students }) => students)
  const manySchools = new Set(rows?.map(({ schoolId }) => schoolId)).size > 1
  // Coming back from a file finds the list as it was left; what is typed never stands in the address.
  useEffect(() => {
    if (search !== (carried?.search ?? '')) go(path, members, { replace: true, carry: { search: search } })
  })
  const chosen: PickedStudent[] = (rows ?? []).filter((row) => picked.includes(keyOfRow(row)))
  const oneSchool = new Set(chosen.map(({ schoolId }) => schoolId)).size === 1

  return (
    <Page title="学生">
      <div className="list-tools">
        <SearchBox initial={search} onRest={setSearch} />
        {phone ? (
          <Button aria-expanded={folded === false} onClick={() => setFolded(!folded)}>
            筛选{chosenCount > 0 ? ` ${chosenCount}` : ''}
          </Button>
        ) : null}
        {phone && folded ? null : (
          <>
            <UnitChoice
              unit={filters.unit}
              unitName={filters.unitName}
              onChange={(unit) =>
                choose({ ...without(filters, 'unit'), ...(unit ? { unit: unit.id, unitName: unit.name } : {}) })
              }
            />
            <ClassChoice
              rule={filters.rule}
              onChange={(rule) => choose({ ...without(filters, 'rule'), ...(rule === undefined ? {} : { rule }) })}
            />
            <Button
              aria-pressed={filters.mine === true}
              type={filters.mine ? 'primary' : 'default'}
              onClick={() => choose(filters.mine ? without(filters, 'mine') : { ...filters, mine: true })}
            >
              只看我负责的
            </Button>
            <SavedFilters filters={filters} onChoose={choose} />
            <ClassSwitch on={withClasses} onChange={setWithClasses} />
          </>
        )}
        <Count total={count.data?.total} capped={count.data?.capped ?? false} />
      </div>
      <Chosen filters={filters} onChange={choose} />
      {withClasses || filters.rule !== undefined ? <ClassWarning /> : null}
      <Panel flush>
        <DataTable<StudentLine>
          label="学生列表"
          rows={rows}
          rowKey={keyOfRow}
          columns={columnsFor(manySchools, withClasses, me.today)}
          onOpen={(row) => go(`/students/${keyOfRow(row)}`)}
          error={list.error}
          retry={list.retry}
          more={list.more}
          selection={{
            keys: chosen.map((one) => `${one.schoolId}/${one.id}`),
            onChange: setPicked,
            acts: oneSchool ? (
              <RecordButton students={chosen} label="为所选学生记录" primary />
            ) : (
              <span>一次只能为同一所学校的学生记录</span>
            ),
          }}
          empty={
            <Nobody searched={search !== ''} filtered={Object.keys(filters).length > 0} onClear={() => choose({})} />
          }
        />
      </Panel>
    </Page>
  )
}

const without = (filters: ListFilters, name: 'unit' | 'rule' | 'mine'): ListFilters => {
  const { [name]: _taken, ...rest } = filters
  if (name !== 'unit') return rest
  const { unitName: _name, ...others } = rest
  return others
}

const Count = ({ total, capped }: { total: number | undefined; capped: boolean }) => (
  <span className="list-count quiet" role="status">
    {total === undefined ? '' : `共 ${total.toLocaleString('zh-CN')}${capped ? '+' : ''} 人`}
  </span>
)

const Chosen = ({ filters, onChange }: { filters: ListFilters; onChange: (next: ListFilters) => void }) => {
  const rules = useClassRules()
  const ruleLabel = rules.find(({ rule }) => rule === filters.rule)?.label ?? '所选'
  const chips = [
    ...(filters.unit ? [{ key: 'unit', label: `单位:${filters.unitName}` }] : []),
    ...(filters.rule === undefined ? [] : [{ key: 'rule', label: `类别:${ruleLabel}` }]),
    ...(filters.mine ? [{ key: 'mine', label: '我负责的' }] : []),
  ]
  return (
    <div style={{ marginBottom: chips.length > 0 ? 12 : 0 }}>
      <FilterChips
        filters={chips}
        onRemove={(key) => onChange(without(filters, key as 'unit' | 'rule' | 'mine'))}
        onClear={() => onChange({})}
      />
    </div>
  )
}

const Nobody = ({ searched, filtered, onClear }: { searched: boolean; filtered: boolean; onClear: () => void }) => {
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

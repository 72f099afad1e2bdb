import { AutoComplete, Button, Checkbox, Flex, Input, Pagination } from 'antd'
import { useState } from 'react'
import { listPeople } from '#contract/people'
import type { AnswerOf } from '#contract/platform'
import {
  type DataColumn,
  DataTable,
  Empty,
  FilterChips,
  formatDate,
  Panel,
  useAnswer,
  useMay,
  useRested,
} from '#web/platform'
import { AccountDrawer } from './account-drawer.tsx'

type Person = AnswerOf<typeof listPeople>['people'][number]

const columns: readonly DataColumn<Person>[] = [
  { key: 'name', title: '姓名', width: 90, phone: 'title', render: ({ name }) => name },
  {
    key: 'number',
    title: '工号',
    width: 90,
    phone: 'hidden',
    render: ({ employeeNumber }) => <span className="number">{employeeNumber ?? '—'}</span>,
  },
  { key: 'unit', title: '单位', width: 150, phone: 'bare', render: ({ unitName }) => unitName },
  {
    key: 'posts',
    title: '岗位',
    width: 210,
    phone: 'bare',
    render: ({ posts, unitName, leftOn }) =>
      leftOn === null ? postsText(posts, unitName) : `${formatDate(leftOn)}起离职`,
  },
  { key: 'subject', title: '学科', width: 70, phone: 'hidden', render: ({ subject }) => subject ?? '—' },
  { key: 'skills', title: '特长', width: 150, render: ({ skills }) => (skills.length === 0 ? '—' : skills.join('、')) },
  {
    key: 'students',
    title: '结对',
    width: 72,
    align: 'right',
    render: ({ students }) => <span className="number">{students}</span>,
  },
]

/** Posts in words; the unit is named only where it is not the person's own. */
const postsText = (posts: Person['posts'], own: string): string =>
  posts.length === 0
    ? '—'
    : posts.map(({ label, unitName }) => (unitName === own ? label : `${label}(${unitName})`)).join('、')

const accountColumn = (open: (person: Person) => void): DataColumn<Person> => ({
  key: 'account',
  title: '办理',
  width: 84,
  phone: 'aside',
  render: (person) => (
    <Button size="small" aria-label={`${person.name}的账号`} onClick={() => open(person)}>
      账号
    </Button>
  ),
})

/** The people of a unit and of those below it, found by name or by what they are good at. [T3 T11] */
export function PeoplePanel({ unitId }: { unitId: string }) {
  const [search, setSearch] = useState('')
  const [skill, setSkill] = useState('')
  const [left, setLeft] = useState(false)
  const [page, setPage] = useState(1)
  const [keeping, setKeeping] = useState<Person>()
  const mayKeep = useMay('people.give-account')
  const asked = useRested(`${search.trim()}\n${skill.trim()}`)
  const [name = '', goodAt = ''] = asked.split('\n')
  const { data, error, refetch } = useAnswer(
    listPeople,
    { query: { unit: unitId, search: name, skill: goodAt, page, ...(left ? { left: 'yes' as const } : {}) } },
    { keepLast: true },
  )
  const known = [...new Set(data?.people.flatMap(({ skills }) => skills))].sort()
  const filters = [
    ...(name === '' ? [] : [{ key: 'search', label: `查找:${name}` }]),
    ...(goodAt === '' ? [] : [{ key: 'skill', label: `特长:${goodAt}` }]),
    ...(left ? [{ key: 'left', label: '已离职' }] : []),
  ]
  const change = (set: (text: string) => void) => (text: string) => {
    set(text)
    setPage(1)
  }
  const showLeft = (on: boolean): void => {
    setLeft(on)
    setPage(1)
  }
  const remove = (key: string): void =>
    key === 'left' ? showLeft(false) : change(key === 'search' ? setSearch : setSkill)('')
  return (
    <Panel
      title="人员"
      aside={
        data === undefined ? null : (
          <span className="quiet number">{`共 ${data.total.toLocaleString('zh-CN')} 人`}</span>
        )
      }
      flush
    >
      <Flex gap={12} wrap style={{ padding: '0 16px 12px' }}>
        <Input.Search
          aria-label="按姓名、拼音首字母、工号查找"
          placeholder="姓名、拼音首字母、工号"
          allowClear
          style={{ flex: '1 1 200px', maxWidth: 320 }}
          value={search}
          onChange={(event) => change(setSearch)(event.target.value)}
        />
        <AutoComplete
          aria-label="按特长筛选"
          placeholder="特长,写全或点选,如 心理咨询"
          allowClear
          style={{ flex: '1 1 200px', maxWidth: 320 }}
          value={skill}
          options={known.map((value) => ({ value }))}
          showSearch={{ filterOption: (typed, option) => option?.value.includes(typed) ?? false }}
          onChange={(text: string | undefined) => change(setSkill)(text ?? '')}
        />
        <Checkbox checked={left} onChange={(event) => showLeft(event.target.checked)} style={{ alignSelf: 'center' }}>
          看已离职的
        </Checkbox>
      </Flex>
      <div style={{ padding: filters.length > 0 ? '0 16px 12px' : 0 }}>
        <FilterChips filters={filters} onRemove={remove} />
      </div>
      <DataTable<Person>
        label="人员与岗位"
        rows={data?.people}
        rowKey={({ id }) => id}
        columns={mayKeep ? [...columns, accountColumn(setKeeping)] : columns}
        error={error ?? undefined}
        retry={() => void refetch()}
        empty={
          <Empty title={filters.length > 0 ? '没有符合条件的人' : '还没有登记人员'}>
            {filters.length > 0 ? '去掉一个条件再看。' : '可以导入教职工信息表。'}
          </Empty>
        }
        footer={
          data !== undefined && data.total > 50 ? (
            <Pagination
              align="end"
              current={page}
              total={data.total}
              pageSize={50}
              showSizeChanger={false}
              onChange={setPage}
              style={{ padding: 12 }}
            />
          ) : null
        }
      />
      {keeping ? <AccountDrawer person={keeping} onClose={() => setKeeping(undefined)} /> : null}
    </Panel>
  )
}

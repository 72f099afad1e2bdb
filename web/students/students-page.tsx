import { Button, Select } from 'antd'
import { useEffect, useState } from 'react'
import { isOfficePost } from '#contract/people'
import { countStudents, listStudents, type StudentLine, studentLines } from '#contract/students'
import {
  DataTable,
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
import { ClassChoice, ClassSwitch, ClassWarning } from './class-choice.tsx'
import { type PickedStudent, useFileSlots } from './file-slots.tsx'
import { columnsFor } from './list-columns.tsx'
import { filtersFrom, type ListFilters, membersOf, type Standing, standingWords, without } from './list-filters.ts'
import { Chosen, Count, Nobody } from './list-notes.tsx'
import { SavedFilters } from './saved-filters.tsx'
import { SearchBox } from './search-box.tsx'
import { UnitChoice } from './unit-choice.tsx'

const standings = [
  { value: '' as const, label: '在读' },
  ...Object.entries(standingWords).map(([value, label]) => ({ value: value as Standing, label })),
]

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
    ...(filters.standing ? { standing: filters.standing } : {}),
    ...(search ? { search: search } : {}),
  }
  const list = useAnswerPages(listStudents, {
    query: { ...asked, ...(withClasses ? { withClasses: 'yes' as const } : {}) },
  })
  const chosenCount = [filters.unit, filters.rule, filters.mine, filters.standing].filter(
    (one) => one !== undefined,
  ).length
  const count = useAnswer(countStudents, { query: asked }, { keepLast: true })
  const rows = list.pages?.flatMap(studentLines)
  // Classes of different schools have the same names: an office sees the school from the first page on.
  const manySchools =
    me.posts.some(({ post }) => isOfficePost(post)) || new Set(rows?.map(({ schoolId }) => schoolId)).size > 1
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
            <Select<Standing | ''>
              aria-label="学籍"
              value={filters.standing ?? ''}
              popupMatchSelectWidth={false}
              options={standings}
              onChange={(standing) => choose({ ...without(filters, 'standing'), ...(standing ? { standing } : {}) })}
            />
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

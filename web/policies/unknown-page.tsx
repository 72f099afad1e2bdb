import { Button, Flex, Select, Tag } from 'antd'
import { useState } from 'react'
import type { AnswerOf } from '#contract/platform'
import { listRulesInForce, listUnknown } from '#contract/policies'
import { listClassRules } from '#contract/students'
import { UnitPicker } from '#web/organisations'
import { type DataColumn, DataTable, Empty, Go, Page, Panel, useAddress, useAnswer, useGo, useMe } from '#web/platform'
import { PolicyPlaces } from './places.tsx'

type Answer = AnswerOf<typeof listUnknown>
type Student = Answer['students'][number]

const columns: readonly DataColumn<Student>[] = [
  {
    key: 'name',
    title: '学生',
    width: 140,
    phone: 'title',
    render: ({ schoolId, id, name }) => <Go to={`/students/${schoolId}/${id}`}>{name}</Go>,
  },
  { key: 'class', title: '班级', width: 220, render: ({ schoolName, className }) => `${schoolName} ${className}` },
  {
    key: 'missing',
    title: '还缺哪些情况',
    width: 420,
    phone: 'bare',
    render: ({ missing, hidden }) => (
      <Flex gap={4} wrap>
        {missing.map((label) => (
          <Tag key={label}>{label}</Tag>
        ))}
        {hidden ? <span className="quiet">另有您的岗位看不到的情况</span> : null}
      </Flex>
    ),
  },
]

/** Students whom no rule can judge until somebody asks: by class and by what is missing. [T1 N1] */
export const UnknownPage = () => {
  const { today } = useMe()
  const { unitId } = useAddress<'unitId'>()
  const go = useGo()
  const [rule, setRule] = useState<number>()
  const [fact, setFact] = useState<string>()
  const [page, setPage] = useState(0)
  const { data, error, refetch } = useAnswer(
    listUnknown,
    { params: { unitId }, query: { ...(rule === undefined ? {} : { rule }), ...(fact ? { fact } : {}), page } },
    { keepLast: true },
  )
  const rules = useAnswer(listRulesInForce, { params: { unitId }, query: { on: today } })
  const overlooked = rules.data?.kinds.flatMap((one) => one.rules).find(({ label }) => label.startsWith('应建未建'))
  const classes = useAnswer(listClassRules, {})
  const listed = classes.data?.rules.find(({ label }) => label === overlooked?.label)
  const chosen = rule ?? data?.classes[0]?.rule
  return (
    <Page title="情况不明,需核实" lead="有些情况没有人问过或登记过,规则就判断不了。核实后登记,学生随即归入应归的类别。">
      <PolicyPlaces unitId={unitId} here="/unknown" />
      {overlooked ? (
        <Panel title={overlooked.label}>
          <p style={{ marginTop: 0 }}>{overlooked.sentence}</p>
          {listed ? (
            <Go to="/students" query={{ unit: unitId, rule: String(listed.rule) }}>
              看这一类的学生
            </Go>
          ) : null}
        </Panel>
      ) : null}
      <Panel>
        <div className="list-tools" style={{ marginBottom: 0 }}>
          <div style={{ flex: '1 1 200px', maxWidth: 320 }}>
            <UnitPicker label="看哪个单位" value={data?.unit} onChange={({ id }) => go(`/policies/${id}/unknown`)} />
          </div>
          <Select
            aria-label="对象类别"
            style={{ flex: '1 1 220px', maxWidth: 360 }}
            value={chosen ?? null}
            options={(data?.classes ?? []).map((one) => ({
              value: one.rule,
              label: `${one.label}(${one.students} 人不明)`,
            }))}
            onChange={(value: number) => {
              setRule(value)
              setFact(undefined)
              setPage(0)
            }}
          />
          <Select
            aria-label="缺的情况"
            allowClear
            placeholder="缺哪一项都看"
            style={{ flex: '1 1 200px', maxWidth: 320 }}
            value={fact ?? null}
            options={(data?.facts ?? []).map((one) => ({
              value: one.fact,
              label: `${one.label}(${one.students} 人没有)`,
            }))}
            onChange={(value?: string) => {
              setFact(value)
              setPage(0)
            }}
          />
        </div>
      </Panel>
      <Panel flush>
        <DataTable<Student>
          label="情况不明的学生"
          rows={data?.students}
          rowKey={({ id }) => id}
          columns={columns}
          error={error}
          retry={() => void refetch()}
          empty={<Empty title="这里没有情况不明的学生" />}
        />
      </Panel>
      <Flex gap={8}>
        {page > 0 ? <Button onClick={() => setPage(page - 1)}>上一页</Button> : null}
        {data?.more ? <Button onClick={() => setPage(page + 1)}>下一页</Button> : null}
      </Flex>
    </Page>
  )
}

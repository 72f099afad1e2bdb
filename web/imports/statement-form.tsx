import { Alert, Flex, Form, Input, Radio, Select } from 'antd'
import { isListKindId, kindOf, listKindIds } from '#contract/imports'
import { type Population, populationLabels, type Statement, statementSentence } from './words.ts'

/**
 * What the list says of itself: what kind it is, of which day, of whom it speaks, and whether it takes the place of the
 * last one. Below stands in words what follows for those who are not on it. [X7]
 */
export function StatementForm({ statement, onChange }: { statement: Statement; onChange: (to: Statement) => void }) {
  const chooseKind = (kind: string): void => {
    const usual = isListKindId(kind) ? kindOf(kind) : undefined
    onChange({
      ...statement,
      kind,
      population: usual?.population ?? statement.population,
      replaces: usual === undefined ? statement.replaces : usual.mode === 'replaces',
    })
  }
  return (
    <Form layout="vertical" component="div">
      <Flex gap={16} wrap>
        <Form.Item label="这是什么表" htmlFor="import-kind" style={{ flex: '1 1 240px' }}>
          <Select
            id="import-kind"
            aria-label="这是什么表"
            value={statement.kind}
            onChange={chooseKind}
            showSearch={{ optionFilterProp: 'label' }}
            options={listKindIds.map((value) => ({ value, label: kindOf(value).label }))}
          />
        </Form.Item>
        <Form.Item label="表中情况截至哪一天" htmlFor="import-as-of" style={{ flex: '1 1 200px' }}>
          <Input
            id="import-as-of"
            type="date"
            min="1990-01-01"
            max="2199-12-31"
            value={statement.asOf}
            onChange={(event) => event.target.value !== '' && onChange({ ...statement, asOf: event.target.value })}
          />
        </Form.Item>
        <Form.Item label="这份表说的是哪些人" htmlFor="import-population" style={{ flex: '1 1 240px' }}>
          <Select<Population>
            id="import-population"
            aria-label="这份表说的是哪些人"
            value={statement.population}
            onChange={(population) => onChange({ ...statement, population })}
            options={(Object.keys(populationLabels) as Population[]).map((value) => ({
              value,
              label: populationLabels[value],
            }))}
          />
        </Form.Item>
      </Flex>
      <Form.Item label="与上一份同类名单的关系">
        <Radio.Group
          aria-label="与上一份同类名单的关系"
          value={statement.replaces}
          onChange={(event) => onChange({ ...statement, replaces: event.target.value === true })}
          options={[
            { value: true, label: '代替上一份' },
            { value: false, label: '在上一份之外补充' },
          ]}
        />
      </Form.Item>
      <Alert type="info" showIcon title={statementSentence(statement)} />
    </Form>
  )
}

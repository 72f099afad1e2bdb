import { CheckOutlined, EyeOutlined } from '@ant-design/icons'
import { Alert, Flex, Select, Tag, theme } from 'antd'
import { type DataColumn, DataTable } from '#web/platform'
import {
  confidenceWord,
  fieldOptions,
  type MappedColumn,
  type MappingTrouble,
  needsLook,
  sampleText,
} from './mapping.ts'

interface Props {
  readonly columns: readonly MappedColumn[]
  readonly kind: string
  readonly trouble: MappingTrouble
  readonly remembered: boolean
  readonly onChoose: (column: number, field: string | null) => void
}

/** Every column of the workbook with what it means: header, samples, meaning, and how sure the guess was. */
export function MappingTable({ columns, kind, trouble, remembered, onChoose }: Props) {
  const shown: DataColumn<MappedColumn>[] = [
    {
      key: 'header',
      title: '表里的列',
      width: 200,
      phone: 'title',
      render: (column) => <span className="strong">{headerText(column)}</span>,
    },
    {
      key: 'samples',
      title: '前几行的内容',
      width: 320,
      phone: 'bare',
      render: (column) => <Samples column={column} />,
    },
    {
      key: 'field',
      title: '含义',
      width: 260,
      phone: 'bare',
      render: (column) => <MeaningSelect column={column} kind={kind} onChoose={onChoose} />,
    },
    { key: 'sure', title: '识别', width: 160, phone: 'aside', render: (column) => <Confidence column={column} /> },
  ]
  return (
    <Flex vertical gap={12}>
      {remembered ? <Alert type="success" showIcon title="已记住上次的对应,直接沿用;有变动的列请改一下。" /> : null}
      {trouble.missing.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={`还缺必需的列:${trouble.missing.join('、')}`}
          description={`请在下面把对应的列选出来;表里没有的话,请补上这一列再交。${wholeSchool(trouble.missing)}`}
        />
      ) : null}
      {trouble.twice.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={`有两列都选成了:${trouble.twice.join('、')}`}
          description="每个含义只能有一列,请把多余的改成“不导入”。"
        />
      ) : null}
      <DataTable<MappedColumn>
        label="每一列的含义"
        rows={columns}
        rowKey={({ column }) => String(column)}
        columns={shown}
      />
    </Flex>
  )
}

const wholeSchool = (missing: readonly string[]): string =>
  missing.some((label) => label.startsWith('学校')) ? '如果整张表都是一所学校的,也可以选这所学校作为单位来交。' : ''

const headerText = ({ header, column }: MappedColumn): string =>
  header.trim() === '' ? `第 ${column + 1} 列(没有列名)` : header

function Samples({ column }: { column: MappedColumn }) {
  const text = column.samples.slice(0, 3).map(sampleText).join(' · ')
  return (
    <span className="quiet" style={{ overflowWrap: 'anywhere' }}>
      {text === '' ? '(空)' : text}
    </span>
  )
}

function MeaningSelect({
  column,
  kind,
  onChoose,
}: {
  column: MappedColumn
  kind: string
  onChoose: Props['onChoose']
}) {
  const { token } = theme.useToken()
  const options = [
    { value: '', label: '不导入' },
    ...fieldOptions(kind).map(({ value, label, required }) => ({ value, label: required ? `${label}(必需)` : label })),
  ]
  return (
    <Select
      style={{
        width: '100%',
        ...(needsLook(column)
          ? { outline: `2px solid ${token.colorWarningBorder}`, borderRadius: token.borderRadius }
          : {}),
      }}
      aria-label={`“${headerText(column)}”这一列的含义`}
      value={column.field ?? ''}
      showSearch={{ optionFilterProp: 'label' }}
      options={options}
      onChange={(field: string) => onChoose(column.column, field === '' ? null : field)}
    />
  )
}

function Confidence({ column }: { column: MappedColumn }) {
  const word = confidenceWord(column)
  if (column.alsoIn.length > 0)
    return <Tag color="warning" icon={<EyeOutlined aria-hidden />}>{`与“${column.alsoIn[0]}”重复`}</Tag>
  if (needsLook(column))
    return (
      <Tag color="warning" icon={<EyeOutlined aria-hidden />}>
        {word}
      </Tag>
    )
  if (column.corrected)
    return (
      <Tag color="processing" icon={<CheckOutlined aria-hidden />}>
        {word}
      </Tag>
    )
  return <span className="quiet">{word}</span>
}

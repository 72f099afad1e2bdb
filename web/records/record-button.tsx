import { EditOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useGo } from '#web/platform'
import type { FileSlots } from '#web/students'
import type { Carried } from './carried.ts'
import { useRecordKinds } from './record-kinds.ts'

/** Starts a record for these students: of the kind given, else of one chosen. */
export const RecordButton: FileSlots['RecordButton'] = ({ students, kind, label = '记一笔', primary }) => {
  const go = useGo()
  const { kinds } = useRecordKinds()
  const start = (chosen: number): void => {
    const carry: Carried = {
      kind: chosen,
      students: students.map(({ schoolId, id, name, className }) => ({ schoolId, id, name, className })),
    }
    go('/records/new', {}, { carry })
  }
  const look = { type: primary ? ('primary' as const) : ('default' as const), icon: <EditOutlined /> }
  if (kind !== undefined) {
    return (
      <Button {...look} onClick={() => start(kind)}>
        {label}
      </Button>
    )
  }
  const offered = (kinds ?? []).filter(({ many }) => many || students.length === 1)
  if (offered.length === 0) return null
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: offered.map((one) => ({ key: String(one.kind), label: one.neutralTitle })),
        onClick: ({ key }) => start(Number(key)),
      }}
    >
      <Button {...look}>{label}</Button>
    </Dropdown>
  )
}

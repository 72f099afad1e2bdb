import { Select } from 'antd'
import { listDepartments } from '#contract/referrals'
import type { OwnInputProps } from '#web/flows'
import { sentenceOf, useAnswer } from '#web/platform'

/** To whom a task is handed, by name; where nobody is there to take it in it cannot be chosen. [Z3 C20] */
export const DepartmentInput = ({ id, schoolId, value, onChange }: OwnInputProps) => {
  const { data, error } = useAnswer(listDepartments, { params: { schoolId } }, { enabled: schoolId !== '' })
  const named = (kind: 'own' | 'partner') =>
    (data?.departments ?? [])
      .filter((one) => one.kind === kind)
      .map(({ number, name, staffed }) => ({
        value: number,
        label: staffed ? name : `${name}(没有人接收)`,
        disabled: !staffed,
      }))
  const groups = [
    { label: '本系统', options: named('own') },
    { label: '联动单位', options: named('partner') },
  ].filter(({ options }) => options.length > 0)
  return (
    <Select<number>
      id={id}
      style={{ width: '100%' }}
      placeholder="选择部门或单位"
      loading={!data && !error}
      notFoundContent={error ? sentenceOf(error) : '还没有登记可以交办的部门'}
      showSearch={{ optionFilterProp: 'label' }}
      value={typeof value === 'number' ? value : null}
      options={groups}
      onChange={onChange}
    />
  )
}

import { Select } from 'antd'
import { listDepartments } from '#contract/referrals'
import type { OwnInputProps } from '#web/flows'
import { sentenceOf, useAnswer } from '#web/platform'

/** To whom a task is handed, by name; where nobody is there to take it in it cannot be chosen. [Z3 C20] */
export const DepartmentInput = ({ id, schoolId, value, onChange }: OwnInputProps) => {
  const { data, error } = useAnswer(listDepartments, { params: { schoolId } }, { enabled: schoolId !== '' })
  const options = (data?.departments ?? []).map(({ number, name, kind, staffed }) => ({
    value: number,
    label: [name, kind === 'partner' ? '联动单位' : undefined, staffed ? undefined : '没有人接收']
      .filter(Boolean)
      .join(' · '),
    disabled: !staffed,
  }))
  return (
    <Select<number>
      id={id}
      style={{ width: '100%' }}
      placeholder="选择部门或单位"
      loading={!data && !error}
      notFoundContent={error ? sentenceOf(error) : '还没有登记可以交办的部门'}
      showSearch={{ optionFilterProp: 'label' }}
      value={typeof value === 'number' ? value : null}
      options={options}
      onChange={onChange}
    />
  )
}

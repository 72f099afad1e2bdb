import { Tag } from 'antd'
import type { PickedStudent } from '#web/students'

const shownAtMost = 12

/** Whom the record is about. */
export const Subjects = ({ students }: { students: readonly PickedStudent[] }) => {
  const only = students.length === 1 ? students[0] : undefined
  if (only)
    return (
      <div>
        <span className="strong">{only.name}</span> <span className="quiet">{only.className}</span>
      </div>
    )
  return (
    <div>
      <div className="strong">{students.length} 名学生</div>
      <div>
        {students.slice(0, shownAtMost).map(({ id, name }) => (
          <Tag key={id}>{name}</Tag>
        ))}
        {students.length > shownAtMost ? <span className="quiet">等</span> : null}
      </div>
    </div>
  )
}

import { Drawer } from 'antd'
import { ErrorNote, Loading, useIsPhone } from '#web/platform'
import { useWhy, Why } from './why.tsx'

interface Props {
  readonly schoolId: string
  readonly studentId: string
  readonly rule: number | undefined
  readonly onClose: () => void
}

/** Why a student falls into a class: each condition with this student's value and where it comes from. */
export const WhyDrawer = ({ schoolId, studentId, rule, onClose }: Props) => {
  const phone = useIsPhone()
  const answer = useWhy({ schoolId, studentId }, rule)
  return (
    <Drawer
      open={rule !== undefined}
      onClose={onClose}
      title="为什么"
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '85%' : 460}
    >
      {answer.data ? (
        <Why explained={answer.data} />
      ) : answer.error ? (
        <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
      ) : (
        <Loading />
      )}
    </Drawer>
  )
}

import { Flex } from 'antd'
import { Go, useMay } from '#web/platform'

const places = [
  { to: '', label: '执行的规则' },
  { to: '/unknown', label: '情况不明' },
  { to: '/calendar', label: '校历' },
  { to: '/adoptions', label: '采用与版本' },
] as const

/** The pages about the policies of one unit, side by side. */
export function PolicyPlaces({ unitId, here }: { unitId: string; here: (typeof places)[number]['to'] }) {
  const mayAsk = useMay('policies.list-unknown')
  const shown = places.filter(({ to }) => to !== '/unknown' || mayAsk)
  return (
    <nav aria-label="政策的各部分" style={{ marginBottom: 16 }}>
      <Flex gap={20} wrap>
        {shown.map(({ to, label }) => (
          <Go key={to} to={`/policies/${unitId}${to}`} {...(to === here ? { 'aria-current': 'page' as const } : {})}>
            {to === here ? <strong>{label}</strong> : label}
          </Go>
        ))}
      </Flex>
    </nav>
  )
}

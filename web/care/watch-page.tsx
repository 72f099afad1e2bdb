import { useState } from 'react'
import { Page, TabStrip, useMay, useMe, useQueryMembers } from '#web/platform'
import { UnitChoice } from '#web/students'
import { FundsPanel } from './funds-panel.tsx'
import { PairsPanel } from './pairs-panel.tsx'
import { RosterPanel } from './roster-panel.tsx'

const parts = [
  { key: 'roster', label: '值班', may: 'care.see-roster' },
  { key: 'funds', label: '应急资金', may: 'care.see-funds' },
  { key: 'pairs', label: '校社结对', may: 'care.see-roster' },
] as const

/** Who is on duty this hour and who stands in, what a fund holds, and who keeps in touch with which community. [X8 X9] */
export const WatchPage = () => {
  const me = useMe()
  const [members, setMembers] = useQueryMembers()
  const [unit, setUnit] = useState<{ id: string; name: string }>()
  const shown = parts.filter(({ may }) => me.permissions.includes(may))
  const current = shown.find(({ key }) => key === members.part)?.key ?? 'roster'
  const seesMany = useMay('care.see-funds')
  const [post] = me.posts
  const own = post ? { id: post.unitId, name: post.unitName } : me.homeUnit
  const { id: unitId, name: unitName } = unit ?? own
  return (
    <Page
      title="值守"
      breadcrumb={[{ label: '办理', to: '/flows' }]}
      lead="值班和代理审批的人、应急资金、结对的社区(村)。"
    >
      {seesMany ? (
        <div className="list-tools">
          <UnitChoice unit={unitId} unitName={unitName} onChange={setUnit} />
        </div>
      ) : null}
      <TabStrip label="值守" tabs={shown} active={current} onChange={(part) => setMembers({ part })}>
        {current === 'roster' ? <RosterPanel key={unitId} unitId={unitId} /> : null}
        {current === 'funds' ? <FundsPanel key={unitId} unitId={unitId} /> : null}
        {current === 'pairs' ? <PairsPanel key={unitId} unitId={unitId} /> : null}
      </TabStrip>
    </Page>
  )
}

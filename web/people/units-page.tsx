import { UnitTree } from '#web/organisations'
import { Page, Panel, useAddress, useIsPhone, useMe } from '#web/platform'
import { UnitView } from './unit-view.tsx'

/** The unit tree, and beside it the unit chosen; on a phone one after the other. */
export const UnitsPage = () => {
  const { homeUnit } = useMe()
  const { unitId } = useAddress<'unitId'>() as { unitId?: string }
  const isPhone = useIsPhone()
  if (isPhone && unitId !== undefined) return <UnitView key={unitId} unitId={unitId} />
  if (isPhone) {
    return (
      <Page title="单位与人员">
        <Panel>
          <UnitTree current={undefined} open={[homeUnit.id]} />
        </Panel>
      </Page>
    )
  }
  const shown = unitId ?? homeUnit.id
  return (
    <div style={{ display: 'grid', gridTemplateColumns: '280px minmax(0, 1fr)', gap: 24, alignItems: 'start' }}>
      <div
        className="panel"
        style={{ position: 'sticky', top: 16, maxHeight: 'calc(100dvh - 32px)', overflowY: 'auto' }}
      >
        <UnitTree current={shown} open={[homeUnit.id]} />
      </div>
      <div style={{ minWidth: 0 }}>
        <UnitView key={shown} unitId={shown} />
      </div>
    </div>
  )
}

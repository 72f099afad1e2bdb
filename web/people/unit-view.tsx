import { DownOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { getUnit, isSchoolKind, kindsBelow, unitKinds } from '#contract/organisations'
import {
  ChangeUnitForm,
  ChildrenPanel,
  OpenUnitForm,
  type UnitAnswer,
  type UnitChange,
  UnitFacts,
  UnitHistory,
} from '#web/organisations'
import { ErrorNote, Loading, Page, TabStrip, useAnswer, useMay, useQueryMembers } from '#web/platform'
import { AppointForm } from './appoint-form.tsx'
import { BodiesPanel, type BodyKind } from './bodies-panel.tsx'
import { EstablishBodyForm } from './establish-body-form.tsx'
import { PeoplePanel } from './people-panel.tsx'
import { PostsPanel } from './posts-panel.tsx'
import { useUnitTabs } from './unit-slots.tsx'

type Form =
  | { readonly form: 'open-unit' }
  | { readonly form: 'change'; readonly change: UnitChange }
  | { readonly form: 'appoint'; readonly post: string | undefined }
  | { readonly form: 'establish'; readonly kind: BodyKind }

const changes: readonly { readonly key: UnitChange; readonly label: string }[] = [
  { key: 'renamed', label: '更名…' },
  { key: 'moved', label: '迁移到另一上级…' },
  { key: 'merged', label: '并入另一单位…' },
  { key: 'closed', label: '撤销…' },
]

/** Staff stand at the school; for a class or grade they are looked for there. */
const staffUnitOf = ({ unit, ancestors }: UnitAnswer): string =>
  isSchoolKind(unit.kind) ? unit.id : (ancestors.findLast(({ kind }) => isSchoolKind(kind))?.id ?? unit.id)

/** One unit: posts and holders, centre and leadership group, people, units below, history. [T2 T7 C1 C21] */
export function UnitView({ unitId }: { unitId: string }) {
  const { data, error, refetch } = useAnswer(getUnit, { params: { unitId } })
  const [form, setForm] = useState<Form>()
  const [members, setMembers] = useQueryMembers()
  const mayListPeople = useMay('people.list-people')
  const others = useUnitTabs()

  if (data === undefined) {
    return (
      <Page title="单位与人员" breadcrumb={[{ label: '单位与人员', to: '/units' }]}>
        {error ? <ErrorNote error={error} retry={() => void refetch()} /> : <Loading rows={8} />}
      </Page>
    )
  }
  const { unit, ancestors, mayKeep } = data
  const close = (): void => setForm(undefined)
  const opensBelow = mayKeep && kindsBelow[unit.kind].length > 0 && unit.closedOn === null
  const tabs = [
    {
      key: 'posts',
      label: '岗位与机构',
      show: () => (
        <>
          <BodiesPanel answer={data} onEstablish={(kind) => setForm({ form: 'establish', kind })} />
          <PostsPanel answer={data} onAppoint={(post) => setForm({ form: 'appoint', post })} />
        </>
      ),
    },
    ...(mayListPeople ? [{ key: 'people', label: '人员', show: () => <PeoplePanel unitId={unit.id} /> }] : []),
    {
      key: 'below',
      label: `下级单位 ${data.children.length}`,
      show: () => (
        <ChildrenPanel
          unitId={unit.id}
          units={data.children}
          act={opensBelow ? <Button onClick={() => setForm({ form: 'open-unit' })}>新设下级单位</Button> : null}
        />
      ),
    },
    {
      key: 'about',
      label: '情况与沿革',
      show: () => (
        <>
          <UnitFacts unit={unit} />
          <UnitHistory history={data.history} />
        </>
      ),
    },
    ...others
      .filter(({ shows }) => shows(data))
      .map(({ key, label, Body }) => ({ key, label, show: () => <Body answer={data} /> })),
  ]
  const chosen = tabs.find(({ key }) => key === members.tab) ?? tabs[0]
  return (
    <Page
      title={unit.name}
      breadcrumb={[
        { label: '单位与人员', to: '/units' },
        ...ancestors.map(({ id, name }) => ({ label: name, to: `/units/${id}` })),
      ]}
      lead={unit.closedOn === null ? unitKinds[unit.kind].label : `${unitKinds[unit.kind].label} · 已撤销`}
      actions={
        mayKeep && unit.closedOn === null ? (
          <Dropdown
            trigger={['click']}
            menu={{
              items: changes.map(({ key, label }) => ({ key, label })),
              onClick: ({ key }) => {
                const found = changes.find((one) => one.key === key)
                if (found) setForm({ form: 'change', change: found.key })
              },
            }}
          >
            <Button>
              变更 <DownOutlined aria-hidden />
            </Button>
          </Dropdown>
        ) : null
      }
    >
      <TabStrip label="单位的各部分" active={chosen?.key ?? ''} onChange={(tab) => setMembers({ tab })} tabs={tabs}>
        {chosen?.show()}
      </TabStrip>
      {form?.form === 'open-unit' ? <OpenUnitForm parent={unit} open onClose={close} /> : null}
      {form?.form === 'change' ? <ChangeUnitForm unit={unit} change={form.change} open onClose={close} /> : null}
      {form?.form === 'appoint' ? (
        <AppointForm answer={data} staffUnitId={staffUnitOf(data)} post={form.post} open onClose={close} />
      ) : null}
      {form?.form === 'establish' ? (
        <EstablishBodyForm answer={data} kind={form.kind} staffUnitId={staffUnitOf(data)} open onClose={close} />
      ) : null}
    </Page>
  )
}

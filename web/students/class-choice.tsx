import { Alert, Select, Switch } from 'antd'
import { listClassRules } from '#contract/students'
import { useAnswer } from '#web/platform'

/** Chooses one class to filter by, from those this person may know of. Nothing is shown where there are none. */
export const ClassChoice = (props: { rule: number | undefined; onChange: (rule: number | undefined) => void }) => {
  const rules = useClassRules()
  if (rules.length === 0) return null
  return (
    <Select
      allowClear
      aria-label="按类别筛选"
      placeholder="按类别筛选"
      style={{ minWidth: 160 }}
      value={props.rule ?? null}
      onChange={(rule: number | null | undefined) => props.onChange(rule ?? undefined)}
      options={rules.map(({ rule, label, proposes }) => ({
        value: rule,
        label: proposes ? `${label}(待确认)` : label,
      }))}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
    />
  )
}

/** The classes this person may know of; empty until answered. */
export const useClassRules = () => useAnswer(listClassRules, {}, { freshFor: 300_000 }).data?.rules ?? []

/** Off by default: class chips must not stand on a screen that others can see. [C24] */
export const ClassSwitch = (props: { on: boolean; onChange: (on: boolean) => void }) => {
  if (useClassRules().length === 0) return null
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is a button, which a label may hold
    <label style={{ display: 'inline-flex', gap: 8, alignItems: 'center' }}>
      <Switch checked={props.on} onChange={props.onChange} aria-label="显示类别" />
      显示类别
    </label>
  )
}

export const ClassWarning = () => (
  <Alert
    type="warning"
    showIcon
    style={{ marginBottom: 12 }}
    title="正在显示学生类别"
    description="请确认旁人看不到这块屏幕。不要截图、转发;离开座位前请关闭。"
  />
)

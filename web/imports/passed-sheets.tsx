import { Alert } from 'antd'

const shown = 6
const longest = 14

const short = (name: string): string => (name.length > longest ? `${name.slice(0, longest - 1)}…` : name)

/** Names the sheets of a workbook that are another form: what was not read is said. */
export function PassedSheets({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null
  const words = names
    .slice(0, shown)
    .map((name) => `“${short(name)}”`)
    .join('、')
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 16 }}
      title={`有 ${names.length} 张工作表没有读入`}
      description={`${words}${names.length > shown ? '等' : ''}的列与名单不同(如汇总、代码)。如果里面也有人员名单,请单独另存后再交。`}
    />
  )
}

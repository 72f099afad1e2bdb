import { Tag } from 'antd'

export interface Filter {
  readonly key: string
  /** `年级:三年级` */
  readonly label: string
}

/** The filters in force, each with a way to take it off. Shows nothing when there is none. */
export const FilterChips = (props: {
  filters: readonly Filter[]
  onRemove: (key: string) => void
  onClear?: () => void
}) => {
  if (props.filters.length === 0) return null
  return (
    <fieldset className="bare" aria-label="已选条件">
      {props.filters.map((filter) => (
        <Tag
          key={filter.key}
          closable={{ 'aria-label': `去掉条件 ${filter.label}` }}
          onClose={() => props.onRemove(filter.key)}
        >
          {filter.label}
        </Tag>
      ))}
      {props.onClear ? (
        <button type="button" className="link-button" onClick={props.onClear}>
          全部清除
        </button>
      ) : null}
    </fieldset>
  )
}

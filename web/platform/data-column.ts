import type { ReactNode } from 'react'

export interface DataColumn<Row> {
  readonly key: string
  readonly title: string
  /** The title in full, where it is cut short. */
  readonly fullTitle?: string
  readonly render: (row: Row) => ReactNode
  readonly width?: number | string
  /** Stays in sight when the table is moved sideways; for the first column. */
  readonly pinned?: boolean
  readonly align?: 'left' | 'right' | 'center'
  /** Where it stands on a phone's card: `title`, `aside` (right), `line` (its own line, with the name), or not at all. */
  readonly phone?: 'title' | 'aside' | 'line' | 'bare' | 'hidden'
}

export interface DataTableProps<Row> {
  /** Read out as the name of the table. */
  readonly label: string
  readonly rows: readonly Row[] | undefined
  readonly rowKey: (row: Row) => string
  readonly columns: readonly DataColumn<Row>[]
  readonly onOpen?: (row: Row) => void
  readonly error?: unknown
  readonly retry?: () => void
  readonly empty?: ReactNode
  /** Chosen rows by key, and the acts offered for them. */
  readonly selection?: {
    readonly keys: readonly string[]
    readonly onChange: (keys: string[]) => void
    readonly acts: ReactNode
  }
  readonly more?: { readonly has: boolean; readonly loading: boolean; readonly load: () => void }
  readonly footer?: ReactNode
}

export type ShownTable<Row> = DataTableProps<Row> & { readonly rows: readonly Row[] }

/** The keys with one put in or taken out. */
export const toggled = (keys: readonly string[], key: string): string[] =>
  keys.includes(key) ? keys.filter((other) => other !== key) : [...keys, key]

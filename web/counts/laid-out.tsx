import { Input, Select } from 'antd'
import { useState } from 'react'
import { useIsPhone, useQueryMembers, useRested } from '#web/platform'
import type { CoverageHead } from './coverage-answer.ts'

/** How the units below are laid out: what is asked of the server, and what stands in the two fields. */
export interface LaidOut {
  readonly asked: { readonly by?: number; readonly order?: 'least' | 'most'; readonly find?: string }
  readonly words: string
  readonly write: (words: string) => void
  readonly lay: (order: string) => void
}

const orderOf = (member: string | undefined): LaidOut['asked'] => {
  const [, by, order] = /^(\d{1,3})-(least|most)$/.exec(member ?? '') ?? []
  return by === undefined ? {} : { by: Number(by), order: order as 'least' | 'most' }
}

/** Keeps the order in the address, so that a way back finds it; what is looked for stays on the screen. */
export const useLaidOut = (): LaidOut => {
  const [members, setMembers] = useQueryMembers()
  const [words, write] = useState('')
  const find = useRested(words.trim(), 300)
  return {
    asked: { ...orderOf(members.order), ...(find && { find }) },
    words,
    write,
    lay: (order) => setMembers({ order: order || undefined }),
  }
}

const inTheirOrder = ''

/** Finds a unit below by its name, and stands them by how far a coverage is. */
export function LayOut({ coverages, laid }: { coverages: readonly CoverageHead[]; laid: LaidOut }) {
  const { by, order } = laid.asked
  const isPhone = useIsPhone()
  const field = { flex: '1 1 200px', maxWidth: isPhone ? undefined : 320 }
  const options = [
    { value: inTheirOrder, label: '按单位顺序' },
    ...coverages.flatMap(({ id, short }) => [
      { value: `${id}-least`, label: `${short}:低的在前` },
      { value: `${id}-most`, label: `${short}:高的在前` },
    ]),
  ]
  return (
    <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap', padding: isPhone ? '0 16px 12px' : '0 24px 12px' }}>
      <Input
        aria-label="按名称找单位"
        placeholder="单位名称"
        allowClear
        maxLength={30}
        style={field}
        value={laid.words}
        onChange={({ target }) => laid.write(target.value)}
      />
      <Select
        aria-label="怎样排列"
        style={field}
        value={by === undefined ? inTheirOrder : `${by}-${order}`}
        onChange={laid.lay}
        options={options}
      />
    </div>
  )
}

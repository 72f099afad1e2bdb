import { Button, Flex, Select } from 'antd'
import { useState } from 'react'
import { Go, type Pages } from '#web/platform'
import type { CoverageHead, CoverageRow } from './coverage-answer.ts'
import { FigureCell } from './figure-cell.tsx'

/** On a phone: one coverage at a time, the units below under each other. */
export function CoverageCards({
  coverages,
  rows,
  more,
  by,
}: {
  coverages: readonly CoverageHead[]
  rows: readonly CoverageRow[]
  more: Pages<unknown>['more']
  /** The coverage they stand by, shown until another is chosen. */
  by: number | undefined
}) {
  const [chosen, choose] = useState<number>()
  const head = coverages.find(({ id }) => id === (chosen ?? by)) ?? coverages[0]
  if (head === undefined) return null
  return (
    <>
      <div style={{ padding: '0 16px 12px' }}>
        <Select
          aria-label="看哪一项"
          style={{ width: '100%' }}
          value={head.id}
          onChange={choose}
          options={coverages.map(({ id, label }) => ({ value: id, label }))}
        />
      </div>
      <ul className="cards" aria-label={`各单位的${head.label}`}>
        {rows.map((row) => (
          <li className="card-row" key={row.unitId}>
            <Flex vertical gap={4} flex={1} style={{ minWidth: 0 }}>
              {row.drill ? (
                <Go to={`/coverage/${row.unitId}`}>{row.name}</Go>
              ) : (
                <span className="strong">{row.name}</span>
              )}
              <FigureCell unitId={row.unitId} head={head} figure={row.figures[String(head.id)]} />
            </Flex>
          </li>
        ))}
      </ul>
      {more.has ? (
        <div className="list-more">
          <Button onClick={more.load} loading={more.loading}>
            再看 50 条
          </Button>
        </div>
      ) : null}
    </>
  )
}

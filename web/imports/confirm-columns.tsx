import { Button } from 'antd'
import { useState } from 'react'
import {
  cancelImport,
  getImport,
  type ImportView,
  isListKindId,
  kindOf,
  listImports,
  previewImport,
} from '#contract/imports'
import { ErrorNote, Panel, useAct, useMe } from '#web/platform'
import { applyCorrections, type Corrections, findTrouble, keepMeaningful } from './mapping.ts'
import { MappingTable } from './mapping-table.tsx'
import { StatementForm } from './statement-form.tsx'
import type { Statement } from './words.ts'

/** The recognised statement, or the usual one of the recognised kind. */
const startingStatement = ({ statement, kind }: ImportView, today: string): Statement => {
  if (statement !== null) return statement
  const usual = kind !== null && isListKindId(kind) ? kindOf(kind) : undefined
  return {
    kind: kind ?? 'roster',
    population: usual?.population ?? 'listed',
    asOf: today,
    replaces: usual?.mode === 'replaces',
  }
}

/** The step a person confirms: what the list says of itself, and what each column means. */
export function ConfirmColumns({ view, onStarted }: { view: ImportView; onStarted: () => void }) {
  const { today } = useMe()
  const [statement, setStatement] = useState(() => startingStatement(view, today))
  const [corrections, setCorrections] = useState<Corrections>({})
  const preview = useAct(previewImport, { refreshes: [getImport, listImports] })
  const cancel = useAct(cancelImport, { refreshes: [getImport, listImports] })
  const columns = keepMeaningful(applyCorrections(view.mapping, corrections), statement.kind)
  const trouble = findTrouble(columns, statement.kind, view.schoolGiven)
  const blocked = trouble.missing.length > 0 || trouble.twice.length > 0
  const params = { importId: view.id }

  return (
    <>
      <Panel title={view.kindLabel === null ? '没有认出是什么表,请选一下' : `看起来是:${view.kindLabel}`}>
        <StatementForm statement={statement} onChange={setStatement} />
      </Panel>
      <Panel title="每一列的含义">
        <MappingTable
          columns={columns}
          kind={statement.kind}
          trouble={trouble}
          remembered={view.remembered}
          onChoose={(column, field) => setCorrections({ ...corrections, [column]: field })}
        />
        {preview.error ? <ErrorNote error={preview.error} safe="您选好的对应都还在。" /> : null}
        {cancel.error ? <ErrorNote error={cancel.error} /> : null}
        <div className="thumb-bar">
          <Button
            type="primary"
            size="large"
            disabled={blocked}
            loading={preview.isPending}
            onClick={() =>
              preview.mutate(
                { params, body: { statement, mapping: columns.map(({ column, field }) => ({ column, field })) } },
                { onSuccess: onStarted },
              )
            }
          >
            按此核对
          </Button>
          <Button
            size="large"
            type="text"
            loading={cancel.isPending}
            onClick={() => cancel.mutate({ params, body: {} })}
          >
            不导入了
          </Button>
          <span className="quiet">{blocked ? '请先处理上面提示的列。' : '核对不会写入任何内容。'}</span>
        </div>
      </Panel>
    </>
  )
}

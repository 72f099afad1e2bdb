import { Tag } from 'antd'
import { type getUnit, isSchoolKind, unitKinds } from '#contract/organisations'
import type { AnswerOf } from '#contract/platform'
import { Facts, formatDate, Panel } from '#web/platform'
import { changeWord, stageLabels, urbanLabel } from './tree-rows.ts'

export type UnitAnswer = AnswerOf<typeof getUnit>

/** What a unit is: kind, codes, place, since when. */
export function UnitFacts({ unit }: { unit: UnitAnswer['unit'] }) {
  return (
    <Panel title="基本情况">
      <Facts
        rows={[
          ['类别', unitKinds[unit.kind].label],
          ['学校标识码', unit.code ?? (isSchoolKind(unit.kind) ? <span className="heed">还没有填</span> : null)],
          ['区划代码', unit.regionCode],
          ['城乡', urbanLabel(unit.urban)],
          ['学段', unit.stage === null ? null : stageLabels[unit.stage]],
          ['设立', unit.openedOn === null ? null : formatDate(unit.openedOn)],
          [
            '撤销',
            unit.closedOn === null ? null : (
              <>
                {formatDate(unit.closedOn)} <Tag>已撤销</Tag>
              </>
            ),
          ],
        ]}
      />
    </Panel>
  )
}

/** Names and changes of a unit over time; nothing of it is ever lost. [T2] */
export function UnitHistory({ history }: { history: UnitAnswer['history'] }) {
  return (
    <Panel title="沿革">
      {history.length === 0 ? (
        <p className="quiet">没有更名、迁移或合并过。</p>
      ) : (
        <ol className="plain-list">
          {history.map(({ change, name, fromDate, untilDate }) => (
            <li key={`${change} ${fromDate} ${name}`} style={{ padding: '6px 0' }}>
              <span className="number">{`${formatDate(fromDate)}—${formatDate(untilDate)}`}</span>{' '}
              <span className="strong">{name}</span>
              <span className="quiet">{`,此后${changeWord(change)}`}</span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}

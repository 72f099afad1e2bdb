import { Button, Flex, Select } from 'antd'
import { useState } from 'react'
import {
  classAsWritten,
  draftOfDuty,
  type Entry,
  ownCite,
  type Rule,
  type RuleKind,
  type RulesInForce,
  writeCites,
  writeDuty,
  writeEnding,
} from '#contract/policies'
import { Panel } from '#web/platform'
import { kindWords } from './rule-words.ts'

interface Props {
  readonly rules: RulesInForce
  /** Full names of rules already replaced or ended here. */
  readonly taken: readonly string[]
  readonly document: string
  readonly onAdd: (kind: RuleKind, entry: Entry) => void
}

// Secrecy can only be tightened, and what was recorded stays readable: neither is ended from below.
const endable = ({ who, duties, counts, flows }: RulesInForce): readonly Rule[] => [
  ...who,
  ...duties,
  ...counts,
  ...flows,
]

const replacement = (rule: Rule, rules: RulesInForce, document: string): Entry | undefined => {
  const cites = [ownCite(document)]
  if (rule.kind === 'duty') return writeDuty({ ...draftOfDuty(rule, rules.records), cites }, rules.records)
  const entry = rule.kind === 'who' ? classAsWritten(rule, rules.records) : undefined
  return entry && { ...entry, replaces: rule.ref, cite: writeCites(cites) }
}

/** Rules that come from above: one may be replaced whole or ended, never changed inside. */
export function InheritedRules({ rules, taken, document, onAdd }: Props) {
  const [ref, setRef] = useState<string>()
  const offered = endable(rules).filter((rule) => !taken.includes(`${rule.kind} ${rule.ref}`))
  const chosen = offered.find((rule) => `${rule.kind} ${rule.ref}` === ref)
  const instead = chosen && replacement(chosen, rules, document)
  if (offered.length === 0) return null
  return (
    <Panel title="上级的规则">
      <p className="quiet">上级的规则在这里一并执行。要改,就整条换成自己的,或从某天起终止;不能只改里面的一部分。</p>
      <Flex gap={8} wrap>
        <Select
          aria-label="上级的哪条规则"
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: 320, maxWidth: '100%' }}
          placeholder="选一条上级的规则"
          value={ref ?? null}
          onChange={setRef}
          options={(['who', 'duty', 'count', 'flow'] as const).map((kind) => ({
            label: kindWords[kind].label,
            options: offered
              .filter((rule) => rule.kind === kind)
              .map((rule) => ({ value: `${kind} ${rule.ref}`, label: rule.label })),
          }))}
        />
        <Button
          disabled={!chosen || !instead}
          onClick={() => {
            if (chosen && instead) onAdd(chosen.kind, instead)
            setRef(undefined)
          }}
        >
          整条替换
        </Button>
        <Button
          disabled={!chosen}
          onClick={() => {
            if (chosen) onAdd(chosen.kind, writeEnding({ ends: chosen.ref, from: '', cites: [ownCite(document)] }))
            setRef(undefined)
          }}
        >
          终止
        </Button>
      </Flex>
      {chosen && !instead ? (
        <p className="quiet">这一条不能在表格里替换(程序、统计和候选名单请在文件里写),可以终止。</p>
      ) : null}
    </Panel>
  )
}

import { Button, Flex } from 'antd'
import { useState } from 'react'
import {
  type AskedByClass,
  askedByDraft,
  conditionAsWritten,
  type DraftClass,
  type DraftDuty,
  type DraftHeader,
  dropEntry,
  type Entry,
  emptyExample,
  entriesIn,
  entryKey,
  fileOfKind,
  ownCite,
  type Pack,
  type PackFile,
  putEntry,
  type RuleKind,
  readDraftClass,
  readDraftCondition,
  rulesInForce,
  writeClass,
  writeDuty,
} from '#contract/policies'
import { Panel, useMe } from '#web/platform'
import { emptyWord } from './condition-editor.tsx'
import { EntryEditor, hasForm } from './entry-editor.tsx'
import { InheritedRules } from './inherited-rules.tsx'
import { kindWords } from './rule-words.ts'

interface Props {
  readonly files: readonly PackFile[]
  readonly packs: readonly Pack[]
  readonly issuer: string
  readonly documents: DraftHeader['documents']
  readonly onChange: (files: readonly PackFile[]) => void
}

const freeId = (taken: readonly Entry[], stem: string): string => {
  let n = taken.length + 1
  while (taken.some(({ id }) => id === `${stem}-${n}`)) n++
  return `${stem}-${n}`
}

const fresh = (id: string, document: string) => ({
  id,
  label: '',
  cites: [ownCite(document)],
  from: '',
  until: '',
  ours: false,
  replaces: '',
})

const newClass = (id: string, document: string): DraftClass => ({
  ...fresh(id, document),
  secrecy: 'family',
  discloses: '',
  when: { join: 'all', of: [emptyWord] },
  examples: { in: [emptyExample], out: [emptyExample], unknown: [emptyExample] },
})

const newDuty = (id: string, document: string): DraftDuty => ({
  ...fresh(id, document),
  neutralTitle: '',
  for: '',
  does: { kind: 'record', record: '', where: {} },
  by: 'class-teacher',
  fallback: ['school-aid-officer', 'principal'],
  atLeast: 1,
  per: { kind: 'every', period: 'term' },
})

const formKinds = ['who', 'duty', 'count', 'flow'] as const satisfies readonly RuleKind[]
const nameOf = (entry: Entry, issuer: string): string =>
  String(entry.ends ?? entry.replaces ?? `${issuer}/${String(entry.id)}`)

/** The rules of a pack being written, one open at a time. What no form can hold stays in its file. */
export function RuleDrafts({ files, packs, issuer, documents, onChange }: Props) {
  const [open, setOpen] = useState<string>()
  const { today } = useMe()
  const above = rulesInForce(packs, today)
  const lines = formKinds.flatMap((kind) => entriesIn(files, fileOfKind[kind]).map((entry) => ({ kind, entry })))
  const own = lines.flatMap(({ kind, entry }) =>
    kind === 'who' && entry.ends === undefined
      ? [
          {
            ref: nameOf(entry, issuer),
            label: String(entry.label ?? '') || '(还没有名称)',
            draft: readDraftClass(entry),
          },
        ]
      : [],
  )
  const higher = above.who.filter((rule) => !rule.proposes)
  const classes = [...own, ...higher.filter(({ ref }) => own.every((one) => one.ref !== ref))]
  const whenOf = (written: string) => {
    const ref = written.includes('/') ? written : `${issuer}/${written}`
    const rule = higher.find((one) => one.ref === ref)
    return (
      own.find((one) => one.ref === ref)?.draft?.when ?? (rule && readDraftCondition(conditionAsWritten(rule.when)))
    )
  }
  // Classes that name each other in a circle are refused by the check; here they only must not run for ever.
  const askedByClass =
    (inside: readonly string[]): AskedByClass =>
    (ref) => {
      const when = inside.includes(ref) ? undefined : whenOf(ref)
      return when ? askedByDraft(when, askedByClass([...inside, ref])) : { facts: [], records: [] }
    }
  const document = documents[0]?.id ?? ''
  const keyOf = (kind: RuleKind, entry: Entry) => `${kind} ${entryKey(entry)}`
  const put = (kind: RuleKind, entry: Entry) => onChange(putEntry(files, fileOfKind[kind], entry))
  const add = (kind: RuleKind, entry: Entry) => {
    put(kind, entry)
    setOpen(keyOf(kind, entry))
  }
  const titleOf = (kind: RuleKind, entry: Entry): string => {
    if (entry.ends === undefined) return String(entry.label ?? '') || '(还没有名称)'
    const all = [...above.who, ...above.duties, ...above.counts, ...above.flows]
    return all.find((rule) => rule.kind === kind && rule.ref === entry.ends)?.label ?? String(entry.ends)
  }
  return (
    <>
      <Panel title="规则">
        <ul className="plain-list">
          {lines.map(({ kind, entry }) => {
            const key = keyOf(kind, entry)
            return (
              <li key={key} style={{ padding: '8px 0' }}>
                <Flex gap={8} wrap align="center">
                  <span className="quiet">{kindWords[kind].label}</span>
                  <strong>{titleOf(kind, entry)}</strong>
                  {entry.ends === undefined ? null : <span className="quiet">终止上级的这一条</span>}
                  {entry.replaces === undefined ? null : <span className="quiet">替换上级的一条</span>}
                  {hasForm(kind, entry) ? (
                    <Button aria-expanded={open === key} onClick={() => setOpen(open === key ? undefined : key)}>
                      {open === key ? '收起' : '编辑'}
                    </Button>
                  ) : (
                    <span className="quiet">用到了表格里没有的写法,请在文件里改</span>
                  )}
                  <Button onClick={() => onChange(dropEntry(files, fileOfKind[kind], entryKey(entry)))}>删去</Button>
                </Flex>
                {open === key ? (
                  <EntryEditor
                    kind={kind}
                    entry={entry}
                    documents={[...packs.flatMap((pack) => pack.documents), ...documents]}
                    classes={classes.filter(({ ref }) => ref !== nameOf(entry, issuer) || kind !== 'who')}
                    records={above.records}
                    askedByClass={askedByClass([nameOf(entry, issuer)])}
                    onChange={(changed) => put(kind, changed)}
                  />
                ) : null}
              </li>
            )
          })}
        </ul>
        <Flex gap={8} wrap>
          <Button
            onClick={() =>
              add('who', writeClass(newClass(freeId(entriesIn(files, fileOfKind.who), 'class'), document)))
            }
          >
            新增一类对象
          </Button>
          <Button
            onClick={() => add('duty', writeDuty(newDuty(freeId(entriesIn(files, fileOfKind.duty), 'duty'), document)))}
          >
            新增一项任务
          </Button>
        </Flex>
      </Panel>
      <InheritedRules
        rules={above}
        taken={lines.map(({ kind, entry }) => `${kind} ${nameOf(entry, issuer)}`)}
        document={document}
        onAdd={add}
      />
    </>
  )
}

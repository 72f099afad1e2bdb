import { Button, Flex } from 'antd'
import { useState } from 'react'
import {
  type DraftClass,
  type DraftDuty,
  type DraftHeader,
  dropEntry,
  entriesIn,
  type Pack,
  type PackFile,
  putEntry,
  readDraftClass,
  readDraftDuty,
  writeClass,
  writeDuty,
} from '#contract/policies'
import { Panel } from '#web/platform'
import { ClassEditor } from './class-editor.tsx'
import { emptyWord } from './condition-editor.tsx'
import { DutyEditor } from './duty-editor.tsx'

interface Props {
  readonly files: readonly PackFile[]
  readonly packs: readonly Pack[]
  readonly issuer: string
  readonly documents: DraftHeader['documents']
  readonly onChange: (files: readonly PackFile[]) => void
}

const classFile = 'who.yaml'
const dutyFile = 'duties.yaml'

const freeId = (taken: readonly unknown[], stem: string): string => {
  let n = taken.length + 1
  while (taken.includes(`${stem}-${n}`)) n++
  return `${stem}-${n}`
}

const newClass = (id: string, document: string): DraftClass => ({
  id,
  label: '',
  secrecy: 'family',
  discloses: '',
  cite: { document, at: '' },
  when: { join: 'all', of: [emptyWord] },
  examples: { in: [{}], out: [{}], unknown: [{}] },
})

const newDuty = (id: string, document: string): DraftDuty => ({
  id,
  label: '',
  neutralTitle: '',
  cite: { document, at: '' },
  for: '',
  record: '',
  by: 'class-teacher',
  fallback: ['school-aid-officer', 'principal'],
  atLeast: 1,
  per: 'term',
})

/** The classes and duties of a pack being written, one open at a time. What no form can hold stays in its file. */
export function RuleDrafts({ files, packs, issuer, documents, onChange }: Props) {
  const [open, setOpen] = useState<string>()
  const rules = packs.flatMap((pack) => pack.rules)
  const written = { classes: entriesIn(files, classFile), duties: entriesIn(files, dutyFile) }
  const own = written.classes.map(({ id, label, replaces }) => ({
    ref: String(replaces ?? `${issuer}/${String(id)}`),
    label: String(label ?? '') || '(还没有名称)',
  }))
  const higher = rules.filter((rule) => rule.kind === 'who' && !rule.proposes)
  const classes = [...own, ...higher.filter(({ ref }) => own.every((one) => one.ref !== ref))]
  const records = rules.filter((rule) => rule.kind === 'record')
  const document = documents[0]?.id ?? ''
  const add = (file: string, entry: Readonly<Record<string, unknown>>) => {
    onChange(putEntry(files, file, entry))
    setOpen(`${file} ${String(entry.id)}`)
  }
  const lines = [
    ...written.classes.map((entry) => ({ file: classFile, entry })),
    ...written.duties.map((entry) => ({ file: dutyFile, entry })),
  ]
  return (
    <Panel title="规则">
      <ul className="plain-list">
        {lines.map(({ file, entry }) => {
          const key = `${file} ${String(entry.id)}`
          const asClass = file === classFile ? readDraftClass(entry) : undefined
          const asDuty = file === dutyFile ? readDraftDuty(entry) : undefined
          return (
            <li key={key} style={{ padding: '8px 0' }}>
              <Flex gap={8} wrap align="center">
                <span className="quiet">{file === classFile ? '对象' : '任务'}</span>
                <strong>{String(entry.label ?? '') || '(还没有名称)'}</strong>
                {asClass || asDuty ? (
                  <Button aria-expanded={open === key} onClick={() => setOpen(open === key ? undefined : key)}>
                    {open === key ? '收起' : '编辑'}
                  </Button>
                ) : (
                  <span className="quiet">用到了表格里没有的写法,请在文件里改</span>
                )}
                <Button onClick={() => onChange(dropEntry(files, file, String(entry.id)))}>删去</Button>
              </Flex>
              {open === key && asClass ? (
                <ClassEditor
                  draft={asClass}
                  documents={documents}
                  classes={classes.filter(({ ref }) => ref !== `${issuer}/${asClass.id}`)}
                  onChange={(draft) => onChange(putEntry(files, classFile, writeClass(draft)))}
                />
              ) : null}
              {open === key && asDuty ? (
                <DutyEditor
                  draft={asDuty}
                  documents={documents}
                  classes={classes}
                  records={records}
                  onChange={(draft) => onChange(putEntry(files, dutyFile, writeDuty(draft)))}
                />
              ) : null}
            </li>
          )
        })}
      </ul>
      <Flex gap={8} wrap>
        <Button
          onClick={() =>
            add(
              classFile,
              writeClass(
                newClass(
                  freeId(
                    written.classes.map(({ id }) => id),
                    'class',
                  ),
                  document,
                ),
              ),
            )
          }
        >
          新增一类对象
        </Button>
        <Button
          onClick={() =>
            add(
              dutyFile,
              writeDuty(
                newDuty(
                  freeId(
                    written.duties.map(({ id }) => id),
                    'duty',
                  ),
                  document,
                ),
              ),
            )
          }
        >
          新增一项任务
        </Button>
      </Flex>
    </Panel>
  )
}

import { Alert, App, Button, Flex } from 'antd'
import { useMemo, useState } from 'react'
import {
  type DraftHeader,
  getPack,
  listAdoptions,
  loadPack,
  type Pack,
  type PackFile,
  putHeader,
  readDraftHeader,
  sayRule,
  sayToForm,
  uploadPack,
} from '#contract/policies'
import { ErrorNote, Loading, Page, Panel, useAct, useAddress, useAnswer, useGo, useQueryMembers } from '#web/platform'
import { HeaderFields } from './header-fields.tsx'
import { RuleDrafts } from './rule-drafts.tsx'

const fresh: DraftHeader = { issuer: '', name: '', extends: '', version: '1.0.0', documents: [] }

const saveFiles = (files: readonly PackFile[]): void => {
  for (const { name, text } of files) {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }))
    link.download = name
    link.click()
    URL.revokeObjectURL(link.href)
  }
}

interface Parent {
  readonly issuer: string
  readonly name: string
  readonly version: string
}

function Writing({
  unitId,
  start,
  parents,
  fixed,
}: {
  unitId: string
  start: readonly PackFile[]
  parents: readonly Parent[]
  fixed: boolean
}) {
  const { message } = App.useApp()
  const go = useGo()
  const [files, setFiles] = useState(start)
  const [header, setHeader] = useState(readDraftHeader(start) ?? fresh)
  const act = useAct(uploadPack, { refreshes: [listAdoptions] })
  const parent = parents.find(({ issuer }) => issuer === header.extends)
  const above = useAnswer(
    getPack,
    { params: { issuer: parent?.issuer ?? '', version: parent?.version ?? '' } },
    { enabled: parent !== undefined, freshFor: 600_000 },
  )
  // The server built these with the same program; they are read here and never sent back.
  const packs = useMemo(() => (above.data?.packs ?? []) as unknown as readonly Pack[], [above.data])
  const whole = useMemo(() => putHeader(files, header), [files, header])
  const loaded = useMemo(() => loadPack(whole, packs), [whole, packs])
  const rules = 'pack' in loaded ? [...packs.flatMap((pack) => pack.rules), ...loaded.pack.rules] : []
  const names = {
    who: rules.filter((rule) => rule.kind === 'who'),
    duties: rules.filter((rule) => rule.kind === 'duty'),
    records: rules.filter((rule) => rule.kind === 'record'),
  }
  const hand = () =>
    act.mutate(
      { params: { unitId }, body: { files: [...whole] } },
      {
        onSuccess: () => {
          void message.success('已收下。它还不生效,采用之后才生效。')
          go(`/policies/${unitId}/adoptions`)
        },
      },
    )
  return (
    <>
      <Panel title="政策包">
        <HeaderFields header={header} parents={parents} fixed={fixed} onChange={setHeader} />
      </Panel>
      <RuleDrafts files={files} packs={packs} issuer={header.issuer} documents={header.documents} onChange={setFiles} />
      <Panel title="当场检查">
        {'pack' in loaded ? (
          <>
            <Alert type="success" showIcon title="写法、名称、密级和例子都通过了" />
            <ul className="plain-list">
              {loaded.pack.rules.map((rule) => (
                <li key={`${rule.kind} ${rule.id}`} style={{ padding: '8px 0' }}>
                  <strong>{rule.label}</strong>
                  <p style={{ margin: '4px 0' }}>{sayRule(rule, names)}</p>
                </li>
              ))}
              {loaded.pack.endings.map(({ kind, ends, from }) => (
                <li key={`${kind} ${ends}`} style={{ padding: '8px 0' }}>
                  <strong>{rules.find((rule) => rule.kind === kind && rule.ref === ends)?.label ?? ends}</strong>
                  <p style={{ margin: '4px 0' }}>{`${from} 起在本单位终止。`}</p>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <ul className="plain-list" aria-label="还要改的地方">
            {loaded.problems.map(sayToForm).map(({ file, line, rule, sentence }) => (
              <li key={`${file} ${line} ${sentence}`}>
                <span className="quiet">{`${rule ?? (file === 'pack.yaml' ? '政策包' : file)}:`}</span>
                {sentence}
              </li>
            ))}
          </ul>
        )}
        {act.error ? <ErrorNote error={act.error} safe="您写的内容都还在。" /> : null}
        <Flex gap={8} style={{ marginTop: 12 }} wrap>
          <Button type="primary" disabled={!('pack' in loaded)} loading={act.isPending} onClick={hand}>
            交上去
          </Button>
          <Button onClick={() => saveFiles(whole)}>存成文件</Button>
        </Flex>
      </Panel>
    </>
  )
}

/** Writing an office's own rules by form; what it saves is the pack file that an author would write by hand. */
export const WritePage = () => {
  const { unitId } = useAddress<'unitId'>()
  const [{ issuer, version }] = useQueryMembers()
  const adoptions = useAnswer(listAdoptions, { params: { unitId } })
  const own = useAnswer(
    getPack,
    { params: { issuer: issuer ?? '', version: version ?? '' } },
    { enabled: issuer !== undefined, freshFor: 600_000 },
  )
  const newest = new Map<string, Parent>()
  for (const one of adoptions.data?.versions ?? []) {
    const known = newest.get(one.issuer)
    if (!known || known.version.localeCompare(one.version, 'en', { numeric: true }) < 0) newest.set(one.issuer, one)
  }
  const parents = [...newest.values()].filter((one) => one.issuer !== issuer)
  const error = adoptions.error ?? own.error
  const ready = adoptions.data !== undefined && (issuer === undefined || own.data !== undefined)
  return (
    <Page
      title="起草规则"
      breadcrumb={[{ label: '采用与版本', to: `/policies/${unitId}/adoptions` }]}
      lead="谁、做什么、多久一次、谁负责、几次、依据。边写边检查;交上去以后要采用才生效。"
    >
      {error ? <ErrorNote error={error} /> : null}
      {!ready && !error ? <Loading rows={6} /> : null}
      {ready ? (
        <Writing unitId={unitId} start={own.data?.files ?? []} parents={parents} fixed={issuer !== undefined} />
      ) : null}
    </Page>
  )
}

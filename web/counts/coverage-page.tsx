import { Button, Flex, Input } from 'antd'
import { getCoverage } from '#contract/counts'
import { isPlainDate } from '#contract/platform'
import {
  ErrorNote,
  formatDate,
  Loading,
  Page,
  useAddress,
  useAnswerPages,
  useMay,
  useMe,
  useQueryMembers,
} from '#web/platform'
import { NamesAt, namesOn } from './coverage-answer.ts'
import { CoverageFigures } from './coverage-figures.tsx'
import { ExportCoverage } from './export-buttons.tsx'
import { KeepPage, KeptPages } from './kept-pages.tsx'
import { useLaidOut } from './laid-out.tsx'

/** The six coverages of a unit and of the units right below it; every figure opens into names. [C12] */
export const CoveragePage = () => {
  const { homeUnit, today } = useMe()
  const [members, setMembers] = useQueryMembers()
  const asked = members.on && isPlainDate(members.on) && members.on < today ? members.on : undefined
  const { unitId = homeUnit.id } = useAddress<'unitId'>()
  const mayExport = useMay('counts.export')
  const mayKeep = useMay('counts.freeze')
  const laid = useLaidOut()
  const { pages, error, retry, more } = useAnswerPages(getCoverage, {
    params: { unitId },
    query: { ...laid.asked, ...(asked && { on: asked }) },
  })
  const [data, ...further] = pages ?? []

  if (error && data === undefined) {
    return (
      <Page title="覆盖率">
        <ErrorNote error={error} retry={retry} />
      </Page>
    )
  }
  if (data === undefined) {
    return (
      <Page title="覆盖率">
        <Loading rows={6} />
        <Loading rows={8} />
      </Page>
    )
  }
  const { unit, ancestors, below } = data
  return (
    <Page
      title={`${unit.name} · 覆盖率`}
      breadcrumb={ancestors.map(({ id, name }) => ({ label: name, to: `/coverage/${id}` }))}
      lead={`${data.periodLabel} · 数字截至${formatDate(data.asOf)}`}
      actions={
        <Flex gap={8} wrap>
          {mayKeep ? <KeepPage unitId={unit.id} on={asked} asOf={data.asOf} /> : null}
          {mayExport && !asked ? (
            <ExportCoverage unitId={unit.id} unitName={unit.name} below={laid.asked.find ? undefined : below} />
          ) : null}
        </Flex>
      }
    >
      <OnDay asked={asked} today={today} choose={(on) => setMembers({ on })} />
      <NamesAt value={namesOn(asked)}>
        <CoverageFigures pages={[data, ...further]} more={more} laid={laid} />
      </NamesAt>
      <KeptPages unitId={unit.id} />
    </Page>
  )
}

/** Today's figures, or those of a day gone by: by the day things happened, with what is known now. */
const OnDay = ({
  asked,
  today,
  choose,
}: {
  asked: string | undefined
  today: string
  choose: (on: string | undefined) => void
}) => (
  <div className="field" style={{ display: 'flex', gap: 8, alignItems: 'center', flexWrap: 'wrap' }}>
    <label htmlFor="coverage-day" style={{ margin: 0 }}>
      看哪一天
    </label>
    <Input
      id="coverage-day"
      type="date"
      style={{ width: 180 }}
      max={today}
      value={asked ?? today}
      onChange={(event) => choose(event.target.value)}
    />
    {asked ? (
      <>
        <Button onClick={() => choose(undefined)}>回到今天</Button>
        <span className="quiet">按事情发生的日子推算,以现在知道的情况为准。</span>
      </>
    ) : null}
  </div>
)

import type { ShownCase } from '#web/flows'
import { Go, Panel } from '#web/platform'

/** The sheet to be printed and handed over, for who handles the report. [G33] */
export const ReportPart = ({ shown }: { readonly shown: ShownCase }) =>
  shown.steps.length === 0 ? null : (
    <Panel title="报告单">
      <p>签发后打印,由专人送交;送交后登记接报人,拿到回执后登记编号。</p>
      <Go to={`/flows/report-sheet/${shown.schoolId}/${shown.caseId}`}>打开报告单</Go>
    </Panel>
  )

import { Go } from './going.tsx'
import { Empty } from './notes.tsx'
import { Page, Panel } from './page.tsx'

/** An address without a screen. */
export const NotHere = () => (
  <Page title="没有这个页面">
    <Panel>
      <Empty title="地址可能写错了,或者这个页面换了位置" act={<Go to="/">回到工作台</Go>} />
    </Panel>
  </Page>
)

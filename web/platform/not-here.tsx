import { Go } from './going.tsx'
import { Missing } from './notes.tsx'
import { Page, Panel } from './page.tsx'

/** An address without a screen. */
export const NotHere = () => (
  <Page title="没有这个页面">
    <Panel>
      <Missing title="没有找到" act={<Go to="/">回到首页</Go>}>
        地址可能写错了,或者这个页面换了位置。
      </Missing>
    </Panel>
  </Page>
)

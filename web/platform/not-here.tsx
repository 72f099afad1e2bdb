import { Go } from './going.tsx'
import { Empty } from './notes.tsx'

/** An address without a screen. */
export const NotHere = () => (
  <Empty title="没有这个页面" act={<Go to="/">回到工作台</Go>}>
    地址可能写错了,或者这个页面已经换了位置。
  </Empty>
)

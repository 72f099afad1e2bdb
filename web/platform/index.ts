export { type CallOptions, call, download, fetchFile, type InputOf } from './call.ts'
export { EChart } from './chart.tsx'
export type { DataColumn } from './data-column.ts'
export { DataTable } from './data-table.tsx'
export { agoWords, formatDate, formatMoment, formatTime, leftWords } from './dates.ts'
export {
  type FaultError,
  isFault,
  isRefusal,
  isUnreachable,
  type RefusalError,
  reasonFor,
  sentenceOf,
} from './failures.ts'
export { BarCell, CountText, Figure } from './figures.tsx'
export { FilterChips } from './filter-chips.tsx'
export { Go, useAddress, useCarried, useGo, usePath, useQueryMembers } from './going.tsx'
export { Loading } from './loading.tsx'
export { Look } from './look.tsx'
export { type Me, MeProvider, useMay, useMe } from './me.tsx'
export { newId } from './new-id.ts'
export { Empty, ErrorNote, Missing } from './notes.tsx'
export { useOnline } from './online.ts'
export { Facts, Page, Panel } from './page.tsx'
export { answers, type Pages, refresh, useAct, useAnswer, useAnswerPages } from './questions.ts'
export { useIsPhone } from './reading.tsx'
export { routerOver, type ScreenRoute } from './routes.tsx'
export { onSessionLost, sessionGivenUp, sessionRestored } from './session-lost.ts'
export { Shell } from './shell.tsx'
export { TabStrip } from './tab-strip.tsx'
export { layPalette } from './tokens.ts'
export { upload } from './upload.ts'
export { useRested } from './use-rested.ts'

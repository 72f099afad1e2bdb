// What threads are run with, and the little of the platform that runs within them: the whole of it would cost each its start.
export { openRowPacker } from '../database/copy-binary.ts'
export { type SecretKeys, secretsFrom } from '../secrets.ts'
export { openSheetThread } from '../spreadsheets/sheet-thread.ts'
export { clearYoung } from './clear-young.ts'
export { fetchedFor, handedOver, openWaiting, type WaitingThread } from './handover.ts'
export { sendPacks } from './send-packs.ts'

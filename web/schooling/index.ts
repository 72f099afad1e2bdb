export { TransferPart } from './transfer-part.tsx'

export { promotionTab } from './promotion-tab.tsx'
export { TransferPart } from './transfer-part.tsx'

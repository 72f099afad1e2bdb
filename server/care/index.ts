export { followUpProcedure } from './community.ts'
export { emergencyProcedure } from './emergency.ts'
export { listingProcedure } from './listing.ts'
export { served } from './served.ts'

export { listingProcedure } from './listing.ts'

export { addRecord } from './add-record.ts'
export { awaitingReview, awaitingReviewFrom } from './awaiting-review.ts'
export { findKind } from './find-kind.ts'
export { holdSchool } from './lock-school.ts'
export {
  type CodedContent,
  type NeedsFirst,
  type RecordAdded,
  type RecordsMoved,
  recordAdded,
  recordsMoved,
  type Subject,
} from './record-events.ts'
export { reviewRecord } from './review-record.ts'
export { served } from './served.ts'
export { withdrawRecord } from './withdraw-record.ts'

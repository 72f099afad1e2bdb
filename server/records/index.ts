export { awaitingReview, awaitingReviewFrom } from './awaiting-review.ts'
export { findKind, wayOf } from './find-kind.ts'
export { keepRecordsFromAccount } from './keep-from.ts'
export { holdSchool } from './lock-school.ts'
export {
  type CodedContent,
  figuresNotOpen,
  metJustNow,
  type RecordAdded,
  type RecordsMoved,
  recordAdded,
  recordsMoved,
  type Subject,
} from './record-events.ts'
export { served } from './served.ts'
export { writeEarlier } from './write-earlier.ts'

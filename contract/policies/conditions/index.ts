import { all } from './all.ts'
import { any } from './any.ts'
import { atLeast } from './at-least.ts'
import { atLeastNOf } from './at-least-n-of.ts'
import { atMost } from './at-most.ts'
import { between } from './between.ts'
import { doneWithin } from './done-within.ts'
import { hasAll } from './has-all.ts'
import { hasAny } from './has-any.ts'
import { isIn } from './in.ts'
import { is } from './is.ts'
import { known } from './known.ts'
import { memberOf } from './member-of.ts'
import { none } from './none.ts'

/** The closed vocabulary. A new word is a new file here and its twin in `server/policies/to-sql`. */
export const words = {
  is,
  in: isIn,
  at_least: atLeast,
  at_most: atMost,
  between,
  known,
  has_any: hasAny,
  has_all: hasAll,
  member_of: memberOf,
  done_within: doneWithin,
  all,
  any,
  none,
  at_least_n_of: atLeastNOf,
} as const

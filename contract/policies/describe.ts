import type { Condition } from './condition.ts'
import { words } from './conditions/index.ts'
import type { Names } from './conditions/word.ts'

/** The condition in plain Chinese, for the rule page and the pack author. */
export function describeCondition(condition: Condition, names: Names): string {
  const child = (inner: Condition): string => {
    const said = describeCondition(inner, names)
    return 'of' in inner ? `【${said}】` : said
  }
  const word = words[condition.kind] as {
    describe: (c: Condition, n: Names, child: (i: Condition) => string) => string
  }
  return word.describe(condition, names, child)
}

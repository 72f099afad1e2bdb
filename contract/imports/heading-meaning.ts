import type { FieldId } from './fields.ts'
import { cleanHeading, fieldsBySynonym, type Heading, regionWords } from './headers.ts'
import { columnOwners, groupOf, joinedHeading } from './whose-column.ts'

/** What a heading says by its words alone, before a look at the cells below it. */
export interface HeadingMeaning {
  /** The word read before the heading: whose the column is, else the group word over it; '' where there is neither. */
  readonly group: string
  /** Whose the column is was told by its neighbours alone: a person should look. */
  readonly guessed: boolean
  /** Fields the heading names outright, first the one it names most often; empty when it names none. */
  readonly fields: readonly FieldId[]
  /** It names them by its own word; with the group word before it, it is no known word. */
  readonly alone: boolean
}

/** Somebody else than the listed person: 父亲身份证号 is not the student's number. */
export const otherPeople =
  /父|母|爷|奶|祖|监护|家长|户主|联系人|班主任|教师|老师|填表|填报|制表|审核|经办|申请人|配偶|户代表|负责人|责任人|包保|包联|帮扶人|主任|干部|书记|社工|督导|联络员|校长|园长|成员[1-9一二三四五六七八]|子女[1-9一二三四五六]/

/** What was, will be or might have been; a seat number that every class has; the name in other letters. */
export const notNow =
  /毕业|原就读|原学校|原班|转入|转出|拟|曾用|曾就读|志愿|录取|生源|班内|班级学号|拼音|卡主|户名|银行/

/** Group words of a school that somebody left or will go to, and of whoever holds an account. */
const elsewhere = /(?:毕业|转出|录取)(?:学校|院校|园)|原就读|原学校|原班|曾就读|卡主|户名|银行/

/** Under such a group word a heading's own word says nothing of the listed person as of today. */
const leadsAway = (group: string): boolean =>
  otherPeople.test(group) || elsewhere.test(group) || group.includes('家庭成员')

const named = (group: string, word: string): Pick<HeadingMeaning, 'fields' | 'alone'> => {
  const own = cleanHeading(word)
  if (regionWords.has(own)) return { fields: [], alone: false }
  const joined = fieldsBySynonym.get(joinedHeading(group, word))
  if (joined) return { fields: joined, alone: false }
  return { fields: (leadsAway(group) ? undefined : fieldsBySynonym.get(own)) ?? [], alone: true }
}

/**
 * What every heading of a table means by its words, column by column: with the person or group word it belongs to before it,
 * else by its own word. Whoever asks which fields a heading names asks here.
 */
export function meaningsOf(heading: Heading): readonly HeadingMeaning[] {
  const owners = columnOwners(heading)
  return heading.headings.map((word, column) => {
    const owner = owners[column]
    const group = owner?.word || groupOf(heading, column)
    return { group, guessed: owner?.guessed ?? false, ...named(group, word) }
  })
}

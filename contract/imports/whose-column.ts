import { cleanHeading, fieldsBySynonym, type Heading, headingNote } from './headers.ts'

/** Whose a column is: 身份证号 behind 户主姓名 is not the child's. */

/** Persons a note in brackets may name: 联系电话(监护人). Codes, units and advice are none. */
const person =
  /^[([【〔]?(?:父|母|父亲|母亲|爸爸|妈妈|家长|监护人[12一二]?|第[一二]监护人|户主|申请人|祖父|祖母|爷爷|奶奶|外祖父|外祖母)[)\]】〕]?$/

const sections = /(?:基本|相关)?(?:信息|情况|资料)$/

/** The group word over a column, or the person its own brackets name; 监护人信息 is 监护人. */
export function groupOf(heading: Heading, column: number): string {
  const note = headingNote(heading.headings[column] ?? '')
  if (person.test(note)) return note.slice(1, -1)
  const group = (heading.groups[column] ?? '').trim()
  return group.replace(sections, '') || group
}

/** A heading with its group word before it, cleaned. */
export const joinedHeading = (group: string, word: string): string => cleanHeading(group + cleanHeading(word))

type Owner = 'self' | 'head' | 'guardian1' | 'guardian2'

const ownerWords: Readonly<Record<Exclude<Owner, 'self'>, string>> = {
  head: '户主',
  guardian1: '监护人1',
  guardian2: '监护人2',
}

/** Meanings that every person has; the word alone does not say whose they are. */
const personal = new Set(['id_number', 'phone', 'sex', 'birth_date', 'ethnicity'])
const ofSchool = new Set(['school_name', 'school_code', 'grade', 'class_name', 'student_number', 'national_number'])

/** Behind a guardian it is the guardian's to the child, else that to the head of the household. */
const bareRelation = /^(?:家庭)?关系$/

const namedBy = (meant: readonly string[]): Owner | undefined => {
  if (meant.includes('name')) return 'self'
  if (meant.includes('household_head')) return 'head'
  if (meant.includes('guardian1_name')) return 'guardian1'
  return meant.includes('guardian2_name') ? 'guardian2' : undefined
}

/** Somebody else whom a column with a bare personal word belongs to. */
export interface ColumnOwner {
  /** The word to read before the heading; '' where the column is the listed person's own. */
  readonly word: string
  /** Told by the neighbours alone: a person should look. */
  readonly guessed: boolean
}

const own: ColumnOwner = { word: '', guessed: false }

/**
 * Whose each column is that says only 身份证号, 联系电话, 性别 …, by the names before it. Behind 户主姓名 or 监护人姓名 it is
 * theirs when the listed person's own stands elsewhere or has no name yet, and a telephone directly behind them always is;
 * otherwise it stays the listed person's, to be looked at.
 */
export function columnOwners(heading: Heading): readonly ColumnOwner[] {
  const meanings = heading.headings.map((word, c) =>
    groupOf(heading, c) === '' ? (fieldsBySynonym.get(cleanHeading(word)) ?? []) : [],
  )
  const times = new Map<string, number>()
  for (const meant of meanings) for (const field of meant) times.set(field, (times.get(field) ?? 0) + 1)
  let current: Owner = 'self'
  let selfSeen = false
  let since = 0
  return meanings.map((meant, c) => {
    const named = namedBy(meant)
    if (named) {
      current = named
      since = c
      selfSeen ||= named === 'self'
      return own
    }
    if (meant.some((field) => ofSchool.has(field))) current = 'self'
    if (
      bareRelation.test(cleanHeading(heading.headings[c] ?? '')) &&
      (current === 'guardian1' || current === 'guardian2')
    )
      return { word: ownerWords[current], guessed: false }
    const field = meant.find((one) => personal.has(one))
    if (!field || current === 'self') return own
    const word = ownerWords[current]
    if ((times.get(field) ?? 0) > 1 || !selfSeen) return { word, guessed: false }
    if (field === 'phone' && current !== 'head' && c - since <= 3) return { word, guessed: true }
    return { word: '', guessed: true }
  })
}

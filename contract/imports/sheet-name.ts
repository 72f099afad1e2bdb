import type { FieldId } from './fields.ts'
import type { Heading } from './headers.ts'
import { meaningsOf } from './heading-meaning.ts'
import { folded } from './values/text.ts'

/** One sheet a class, a school or a town: then the name of the sheet says what no column does. */

const telling: readonly (readonly [FieldId, string, RegExp])[] = [
  [
    'class_name',
    '班级',
    /^(?!.*(?:全部|所有|各|分)班).{1,20}班$|^(?:[一二三四五六七八九]|初[一二三]|高[一二三])[(]\d{1,2}[)]$/,
  ],
  [
    'school_name',
    '学校',
    /^.{2,30}(?:小学|中学|学校|幼儿园|教学点|初中|高中|中心校|职教中心|一中|二中|三中|四中|实小)$/,
  ],
  ['township', '乡镇', /^.{1,10}(?:镇|乡|街道|办事处)$/],
]

/** Ends the heading of the column that a sheet's name is put into. */
const mark = '(工作表名称)'

/** What a sheet's own name says; '' when it says nothing of this meaning. */
const saidBy = (sheet: string, pattern: RegExp): string => (pattern.test(folded(sheet)) ? sheet.trim() : '')

/** The heading with one more column for what the sheet's name says, where no column says it. */
export function withSheetName(heading: Heading, sheet: string): Heading {
  const meanings = meaningsOf(heading)
  const found = telling.find(
    ([field, , pattern]) => saidBy(sheet, pattern) !== '' && !meanings.some(({ fields }) => fields.includes(field)),
  )
  if (!found) return heading
  return { ...heading, headings: [...heading.headings, `${found[1]}${mark}`], groups: [...heading.groups, ''] }
}

/** What the name of a sheet puts into the last of these headings; undefined when that is no column for it. */
export function sheetNameReader(headings: readonly string[]): ((sheet: string) => string) | undefined {
  const last = headings.at(-1)
  const found = last?.endsWith(mark) ? telling.find(([, word]) => last === `${word}${mark}`) : undefined
  return found && ((sheet) => saidBy(sheet, found[2]))
}

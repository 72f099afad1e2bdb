import type { FieldShape } from './field-shape.ts'
import { type FieldId, fieldOf } from './fields.ts'
import { cleanHeading, fieldsBySynonym, regionWords } from './headers.ts'
import type { ListKindId } from './kinds.ts'
import { joinedHeading } from './whose-column.ts'

const shapeTests: Partial<Record<FieldShape, RegExp>> = {
  'id-number': /^\d{15}$|^\d{17}[\dX]$/,
  'disability-number': /^\d{17}[\dX]\d{2}(?:B\d)?$/,
  date: /^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|^(?:19|20)\d{6}$|^[34]\d{4}$/,
  phone: /^(?:\+?86)?1\d{10}$/,
  sex: /^(?:男|女|[12]|男性|女性|[MF])$/,
  name: /^\p{Script=Han}{2,4}$|^\p{Script=Han}{1,10}(?:·\p{Script=Han}{1,10})+$/u,
  grade: /年级$|^[一二三四五六七八九高初]|^\d{1,2}$|[小中大]班$/,
  class: /班$|^\d{1,2}$|^\(\d+\)/,
  score: /^\d{1,3}(?:\.\d+)?$|^缺|^[A-E][+-]?$/,
  money: /^[¥]?\d+(?:\.\d+)?(?:万?元)?$/,
  stage: /^(?:学前|小学|初中|高中|中职|特教|幼儿园)/,
}

/** Share of filled sample cells that are built like the shape; undefined when there is nothing to judge by. */
export function fitOf(shape: FieldShape, samples: readonly string[]): number | undefined {
  const test = shapeTests[shape]
  if (!test || samples.length === 0) return undefined
  return samples.filter((text) => test.test(text)).length / samples.length
}

/** How surely a heading names a field, by words alone: 1 a known word, 0.55–0.9 the longest known word within it. */
function wordScore(field: FieldId, heading: string, group: string): number {
  const own = cleanHeading(heading)
  if (regionWords.has(own)) return 0
  const joined = group === '' ? own : joinedHeading(group, heading)
  const exact = fieldsBySynonym.get(joined)
  if (exact?.includes(field)) return 1 - exact.indexOf(field) * 0.01
  if (
    group !== '' &&
    !otherPeople.test(group) &&
    !group.includes('家庭成员') &&
    fieldsBySynonym.get(own)?.includes(field)
  )
    return 0.95
  if (notNow.test(joined)) return 0
  let best = 0
  for (const synonym of fieldOf(field).synonyms) {
    const word = cleanHeading(synonym)
    if (!joined.includes(word) || !standsWithin(word)) continue
    if (otherPeople.test(joined.replace(word, ''))) continue
    const end = joined.endsWith(word) ? 0.08 : 0
    best = Math.max(best, 0.5 + 0.35 * (word.length / joined.length) + end)
  }
  return best
}

/** Words of two characters that mean their field even inside a longer heading; 时间, 类别 and the like mean too many things. */
const shortWords = new Set([
  '姓名',
  '性别',
  '民族',
  '学校',
  '班级',
  '年级',
  '学号',
  '乡镇',
  '电话',
  '手机',
  '住址',
  '工号',
  '总分',
])
const standsWithin = (word: string) => word.length >= 3 || shortWords.has(word)

/** Where a heading stands among the words of its field, the usual ones first; of two that mean the same the more usual is taken. */
export const usualness = (field: FieldId, heading: string, group: string): number => {
  const words = fieldOf(field).synonyms
  const at = words.findIndex((word) => cleanHeading(word) === joinedHeading(group, heading))
  return at === -1 ? words.length : at
}

const ofTeachers = /教师|教职工|职工|老师/
const workplaces = new Set(['工作单位', '任教学校'])

/** Whether a heading can mean this field on this kind of list: a teacher's name is no pupil's, a workplace no school. */
export const isOfKind = (kind: ListKindId, field: FieldId, heading: string): boolean => {
  if (kind === 'staff') return true
  const word = cleanHeading(heading)
  if (field === 'name') return !ofTeachers.test(word)
  return !(field === 'school_name' && workplaces.has(word))
}

/** What was, will be or might have been; a seat number that every class has; the name in other letters. */
const notNow = /毕业|原就读|原学校|原班|转入|转出|拟|曾用|曾就读|志愿|录取|生源|班内|班级学号|拼音|卡主|户名|银行/

/** A heading that speaks of someone else: 父亲身份证号 is not the student's number. */
const otherPeople =
  /父|母|爷|奶|祖|监护|家长|户主|联系人|班主任|教师|老师|填表|填报|制表|审核|经办|申请人|配偶|户代表|负责人|责任人|包保|包联|帮扶人|主任|干部|书记|社工|督导|联络员|校长|园长|成员[1-9一二三四五六七八]|子女[1-9一二三四五六]/

/** Fields proposed by their values alone, under whatever word; whose number it is must not be guessed. */
const unnamed = new Set<FieldId>(['id_number', 'disability_number', 'phone'])

const serious = new Set<FieldShape>(['id-number', 'disability-number', 'phone', 'date', 'sex'])

/** How surely a column means a field, by its heading and group word and by how its values are built: 0 to 1. */
export function scoreOf(field: FieldId, heading: string, group: string, samples: readonly string[]): number {
  const shape = fieldOf(field).shape
  const words = wordScore(field, heading, group)
  const fit = fitOf(shape, samples)
  if (fit === undefined) return words
  if (words >= 0.5) return fit < 0.2 && serious.has(shape) ? words - 0.45 : Math.min(1, words + (fit >= 0.6 ? 0.04 : 0))
  return unnamed.has(field) && fit >= 0.7 && !otherPeople.test(group + heading) ? 0.5 : 0
}

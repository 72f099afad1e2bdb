import type { FieldShape } from './field-shape.ts'
import { type FieldId, fieldOf } from './fields.ts'
import { cleanHeading, regionWords } from './headers.ts'
import { type HeadingMeaning, notNow, otherPeople } from './heading-meaning.ts'
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
function wordScore(field: FieldId, heading: string, { group, fields, alone }: HeadingMeaning): number {
  const own = cleanHeading(heading)
  if (regionWords.has(own)) return 0
  if (fields.includes(field)) return alone ? underGroup : 1 - fields.indexOf(field) * 0.01
  const joined = joinedHeading(group, heading)
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

/** A known word under a group word that adds nothing to it. */
const underGroup = 0.95

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

/** Fields proposed by their values alone, under whatever word; whose number it is must not be guessed. */
const unnamed = new Set<FieldId>(['id_number', 'disability_number', 'phone'])

const serious = new Set<FieldShape>(['id-number', 'disability-number', 'phone', 'date', 'sex'])

/** How surely a column means a field, by what its heading says and by how its values are built: 0 to 1. */
export function scoreOf(field: FieldId, heading: string, meaning: HeadingMeaning, samples: readonly string[]): number {
  const shape = fieldOf(field).shape
  const words = wordScore(field, heading, meaning)
  const fit = fitOf(shape, samples)
  if (fit === undefined) return words
  if (words >= 0.5) return fit < 0.2 && serious.has(shape) ? words - 0.45 : Math.min(1, words + (fit >= 0.6 ? 0.04 : 0))
  return unnamed.has(field) && fit >= 0.7 && !otherPeople.test(meaning.group + heading) ? 0.5 : 0
}

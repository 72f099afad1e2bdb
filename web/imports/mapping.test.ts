import { expect, test } from 'vitest'
import {
  applyCorrections,
  confidenceWord,
  fieldOptions,
  findTrouble,
  keepMeaningful,
  needsLook,
  sampleText,
} from './mapping.ts'

const columns = [
  { column: 0, header: '名字', field: 'name', confidence: 0.95, samples: ['王小明'] },
  { column: 1, header: '证号', field: 'id_number', confidence: 0.5, samples: [] },
  { column: 2, header: '残疾证号', field: null, confidence: 0, samples: [] },
]

test('[X7] a correction wins over what was recognised, also a correction to nothing', () => {
  const mapped = applyCorrections(columns, { 1: null, 2: 'id_number' })
  expect(mapped.map((column) => column.field)).toEqual(['name', null, 'id_number'])
  expect(mapped.map((column) => column.corrected)).toEqual([false, true, true])
})

test('choosing again what was recognised is not a correction', () => {
  expect(applyCorrections(columns, { 0: 'name' })[0]?.corrected).toBe(false)
})

test('two columns of one meaning are named, each on the other', () => {
  const mapped = applyCorrections(columns, { 2: 'id_number' })
  expect(mapped[1]?.alsoIn).toEqual(['残疾证号'])
  expect(findTrouble(mapped, 'dibao').twice).toEqual(['身份证件号'])
  expect(findTrouble(applyCorrections(columns, {}), 'dibao').twice).toEqual([])
})

test('many columns may each hold a score', () => {
  const mapped = applyCorrections(columns, { 1: 'score', 2: 'score' })
  expect(findTrouble(mapped, 'exam-results').twice).toEqual([])
  expect(fieldOptions('exam-results').some((option) => option.value === 'score')).toBe(true)
  expect(fieldOptions('dibao').some((option) => option.value === 'score')).toBe(false)
})

test('a required field without a column stands in the way until one is chosen', () => {
  expect(findTrouble(applyCorrections(columns, { 0: null }), 'dibao').missing).toEqual(['姓名'])
  expect(findTrouble(applyCorrections(columns, { 0: null, 2: 'name' }), 'dibao').missing).toEqual([])
})

test('either of two fields is enough where either is asked', () => {
  expect(findTrouble(applyCorrections(columns, {}), 'roster').missing).toEqual(['学校或学校标识码'])
  expect(findTrouble(applyCorrections(columns, { 2: 'school_code' }), 'roster').missing).toEqual([])
})

test('meanings that another kind of list does not know are dropped when the kind changes', () => {
  const mapped = applyCorrections(columns, { 2: 'disability_number' })
  expect(keepMeaningful(mapped, 'disability')[2]?.field).toBe('disability_number')
  expect(keepMeaningful(mapped, 'dibao')[2]?.field).toBeNull()
})

test('a weak guess asks for a look, a corrected one no longer', () => {
  const [, weak] = applyCorrections(columns, {})
  const [, fixed] = applyCorrections(columns, { 1: 'school_name' })
  expect(weak && [needsLook(weak), confidenceWord(weak)]).toEqual([true, '请看一眼'])
  expect(fixed && [needsLook(fixed), confidenceWord(fixed)]).toEqual([false, '您已改'])
})

test('[C13] a sample never shows a whole number of a person, and leaves short values alone', () => {
  expect(['32990119910618559X', '13812345678', '329901199106185592B1'].map(sampleText)).toEqual([
    '329…559X',
    '138…5678',
    '329…5592B1',
  ])
  expect(['2025-08-10', '三年级1班', '560.00', '2025.1.15'].map(sampleText)).toEqual([
    '2025-08-10',
    '三年级1班',
    '560.00',
    '2025.1.15',
  ])
})

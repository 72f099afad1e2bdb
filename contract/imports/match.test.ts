import { describe, expect, test } from 'vitest'
import { compare } from './compare-people.ts'
import { type Candidate, type ListPerson, matchPerson, scoreMatch } from './match.ts'

const idNumber = '329901201807150843'
const child: Candidate = {
  name: '贾海',
  idNumber,
  birthDate: '2018-07-15',
  sex: 2,
  guardians: ['贾雅永', '吴晨'],
  township: '青墩乡',
  schoolName: '临湖县第一小学',
  className: '2025级1班',
  studentNumber: '2025010042',
}
const without = (candidate: Candidate, ...keys: (keyof Candidate)[]): Candidate => {
  const copy: Record<string, unknown> = { ...candidate }
  for (const key of keys) delete copy[key]
  return copy as unknown as Candidate
}
const verdict = (person: ListPerson, candidate: Candidate = child) => scoreMatch(person, candidate).verdict

describe('[X7] matching a listed person to a student', () => {
  test.each<[string, ListPerson, string]>([
    ['same number and name', { name: '贾海', idNumber }, 'sure'],
    ['same number, other name', { name: '贾小海', idNumber }, 'doubtful'],
    [
      'another valid number, same name, head and town',
      { name: '贾海', idNumber: '329901201807150827', elders: ['贾雅永'], township: '青墩乡' },
      'no',
    ],
    ['name with head and town', { name: '贾海', elders: ['贾雅永'], township: '临湖县青墩乡' }, 'sure'],
    [
      'name with head who is the second guardian, and town',
      { name: '贾海', elders: ['吴晨'], township: '青墩乡' },
      'sure',
    ],
    ['name with birth date and town', { name: '贾海', birthDate: '2018-07-15', township: '青墩乡' }, 'sure'],
    ['name with birth date alone', { name: '贾海', birthDate: '2018-07-15' }, 'doubtful'],
    ['name with head alone', { name: '贾海', elders: ['贾雅永'] }, 'doubtful'],
    ['name with town alone', { name: '贾海', township: '青墩乡' }, 'doubtful'],
    ['name with head, another town', { name: '贾海', elders: ['贾雅永'], township: '石桥镇' }, 'doubtful'],
    ['name alone', { name: '贾海' }, 'doubtful'],
    ['name with everything else different', { name: '贾海', elders: ['王五'], township: '石桥镇' }, 'no'],
    [
      'name with another birth date',
      { name: '贾海', birthDate: '2017-07-15', elders: ['贾雅永'], township: '青墩乡' },
      'no',
    ],
    ['name with the other sex', { name: '贾海', sex: 1, elders: ['贾雅永'], township: '青墩乡' }, 'no'],
    [
      'another name with all the rest',
      { name: '贾河', birthDate: '2018-07-15', elders: ['贾雅永'], township: '青墩乡' },
      'no',
    ],
    [
      'student number and name at the school',
      { name: '贾海', studentNumber: '2025010042', schoolName: '临湖县第一小学' },
      'sure',
    ],
    [
      'student number of another school',
      { name: '贾海', studentNumber: '2025010042', schoolName: '临湖县青墩小学' },
      'no',
    ],
    [
      'student number with another name',
      { name: '贾河', studentNumber: '2025010042', schoolName: '临湖县第一小学' },
      'doubtful',
    ],
    [
      'school, class and name, other number',
      { name: '贾海', studentNumber: '9', schoolName: '临湖县第一小学', className: '2025级1班' },
      'doubtful',
    ],
    [
      'school and name, a class of some year',
      { name: '贾海', schoolName: '临湖县第一小学', className: '1班' },
      'doubtful',
    ],
    ['school and name, another class', { name: '贾海', schoolName: '临湖县第一小学', className: '2班' }, 'doubtful'],
    ['school, class and name', { name: '贾海', schoolName: '临湖县第一小学', className: '2025级1班' }, 'sure'],
  ])('%s is %s', (_, person, expected) => {
    const result = scoreMatch(person, child)
    expect(result.verdict).toBe(expected)
    expect(result.reasons.length).toBeGreaterThan(0)
    expect(result.score).toBeGreaterThanOrEqual(0)
    expect(result.score).toBeLessThanOrEqual(100)
  })

  test('a student whose number was wrong is still found by name, birth date in the listed number, head and town', () => {
    const noNumber = without(child, 'idNumber')
    expect(verdict({ name: '贾海', idNumber, elders: ['贾雅永'], township: '青墩乡' }, noNumber)).toBe('sure')
    expect(verdict({ name: '贾海', idNumber }, without(noNumber, 'birthDate'))).toBe('doubtful')
  })

  test('a child listed as head of its own household is not its own guardian', () => {
    expect(verdict({ name: '贾海', elders: ['贾海'], township: '青墩乡' })).toBe('doubtful')
  })

  test('middle dots and spaces do not make another person', () => {
    expect(verdict({ name: '戴涵思•志哲', idNumber }, { ...child, name: '戴涵思·志哲' })).toBe('sure')
  })

  test('two who fit equally are both left to a person', () => {
    const person: ListPerson = { name: '贾海', elders: ['贾雅永'], township: '青墩乡' }
    const twin = { ...child, idNumber: '329901201807150827' }
    expect(matchPerson(person, [child]).verdict).toBe('sure')
    const both = matchPerson(person, [child, twin])
    expect(both.verdict).toBe('doubtful')
    expect(both.matches.map((match) => match.verdict)).toEqual(['doubtful', 'doubtful'])
    expect(both.matches[0]?.reasons).toContain('不止一人符合')
  })

  test('the number decides between two of the same name', () => {
    const other = { ...child, idNumber: '329901201807150827' }
    const result = matchPerson({ name: '贾海', idNumber }, [other, child])
    expect(result.verdict).toBe('sure')
    expect(result.matches).toHaveLength(1)
    expect(matchPerson({ name: '无此人', idNumber: '329901201807150827' }, [child])).toEqual({
      verdict: 'no',
      matches: [],
    })
  })

  test.each([
    ['小二班', '小二班', true],
    ['小班2班', '小二班', true],
    ['2班', '小二班', undefined],
    ['3班', '小二班', false],
    ['中二班', '小二班', false],
    ['2班', '2025级2班', undefined],
    ['软件2班', '2班', undefined],
    ['向日葵班', '2班', false],
  ])('the class %s on a list and our %s', (listed, ours, same) => {
    const compared = compare({ name: '贾海', className: listed }, { name: '贾海', guardians: [], className: ours })
    expect(compared.className).toBe(same)
  })

  test.each([
    ['八年级2班', '八年级2班', 'sure'],
    ['初二(2)班', '八年级2班', 'sure'],
    ['八年级3班', '八年级2班', 'doubtful'],
    ['二年级2班', '八年级2班', 'doubtful'],
    ['2班', '八年级2班', 'doubtful'],
    ['高二(2)班', '八年级2班', 'doubtful'],
  ])('school, name and the class %s, ours %s: %s', (listed, ours, expected) => {
    const own = { ...without(child, 'idNumber', 'studentNumber', 'birthDate'), className: ours }
    expect(verdict({ name: '贾海', schoolName: '临湖县第一小学', className: listed }, own)).toBe(expected)
  })
})

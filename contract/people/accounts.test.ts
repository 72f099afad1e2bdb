import { expect, test } from 'vitest'
import { whyNotKeepAccount, whyNotPassword } from './accounts.ts'

test.each([
  ['Abcdef12', undefined],
  ['abc12345', 'people.weak-password'],
  ['Ab1-xyz', 'people.weak-password'],
  ['同行陪伴学生Ab1', undefined],
  ['abcdefghijk', 'people.weak-password'],
  ['abcdefghijkl', undefined],
  ['zhang.san.laoshi', 'people.weak-password'],
  [' ZHANG.san.laoshi ', 'people.weak-password'],
  ['a'.repeat(201), 'people.weak-password'],
])('[C13] a password is long, or shorter with three kinds of sign, and never the account: %s', (password, code) => {
  expect(whyNotPassword(password, 'zhang.san.laoshi')?.code).toBe(code)
})

const school = { kind: 'primary' as const, path: 't.l.a.' }
const county = { kind: 'county' as const, path: 't.l.' }
const keeper = (post: string, unitPath: string) => ({ personId: 'keeper', posts: [{ post, unitPath }] })
const person = (...appointments: { post: string; unit: typeof school | typeof county }[]) => ({
  personId: 'person',
  scope: 't.l.a.',
  appointments,
})

test.each([
  ['principal', 't.l.a.', person({ post: 'teacher', unit: school }), undefined],
  ['principal', 't.l.a.', person(), undefined],
  ['county-aid-officer', 't.l.', person({ post: 'principal', unit: school }), undefined],
  ['school-aid-officer', 't.l.a.', person({ post: 'principal', unit: school }), 'people.not-permitted'],
  ['principal', 't.l.a.', person({ post: 'county-aid-officer', unit: county }), 'people.not-permitted'],
  ['county-aid-officer', 't.l.', person({ post: 'administrator', unit: county }), 'people.not-permitted'],
  ['administrator', 't.l.', person({ post: 'administrator', unit: county }), undefined],
  ['principal', 't.l.b.', person({ post: 'teacher', unit: school }), 'people.not-permitted'],
  ['class-teacher', 't.l.a.', person(), 'people.not-permitted'],
])('[T7 C13] %s at %s keeps accounts only of people to whose posts they may appoint', (post, at, whose, code) => {
  expect(whyNotKeepAccount(keeper(post, at), whose)?.code).toBe(code)
})

test('[C13] nobody resets their own account', () => {
  const own = { personId: 'keeper', scope: 't.l.a.', appointments: [] }
  expect(whyNotKeepAccount(keeper('administrator', 't.l.'), own)?.code).toBe('people.own-account')
})

import { verify } from '@node-rs/argon2'
import { uuidv7 } from 'uuidv7'
import { rangeOf } from '#contract/organisations'
import type { demoAccounts as declared, PostId } from '#contract/people'
import type { AnswerOf } from '#contract/platform'
import { type Db, type Services, sql } from '#server/platform'
import { createAccount } from './create-account.ts'
import { createDemoFamilies, demoFamilyRoles } from './demo-families.ts'
import { rewriteActorSettings } from './rewrite-actor-settings.ts'
import type { SeesOf } from './sight.ts'

/** Printed on the sign-in page of a demonstration; no account of a real installation carries it. */
export const demoPassword = 'Tongxing-2025'

interface DemoRole {
  readonly loginName: string
  readonly role: string
  readonly post: PostId
  /** A person made up for the demonstration, where the county's own lists name nobody. */
  readonly madeUp?: string
}

const demoRoles: readonly DemoRole[] = [
  { loginName: 'xian', role: '县区专干', post: 'county-aid-officer', madeUp: '陆文清' },
  { loginName: 'zizhu', role: '学校专干', post: 'school-aid-officer' },
  { loginName: 'xiaozhang', role: '校长', post: 'principal' },
  { loginName: 'banzhuren', role: '班主任', post: 'class-teacher' },
  { loginName: 'daoshi', role: '导师', post: 'mentor' },
  { loginName: 'xinli', role: '心理教师', post: 'psychology-teacher' },
  { loginName: 'shenji', role: '审计员', post: 'auditor', madeUp: '顾正平' },
  { loginName: 'guanli', role: '管理员', post: 'administrator', madeUp: '沈守一' },
]

const madeUpPerson = async (db: Db, county: Place, name: string): Promise<string> => {
  const id = uuidv7()
  await db.change(sql`insert into people (id, home_unit_id, scope, name, name_key, initials)
    values (${id}, ${county.id}, ${county.path}, ${name}, ${name}, '')`)
  return id
}

const give = (db: Db, personId: string, unit: Place, post: PostId, today: string): Promise<number> =>
  db.change(sql`insert into appointments (id, person_id, unit_id, scope, post, from_date)
    values (${uuidv7()}, ${personId}, ${unit.id}, ${unit.path}, ${post}, ${today})`)

interface Place {
  readonly id: string
  readonly path: string
}

// The school whose people fill most of the roles, and of those the largest: one visit shows how they work together.
const showSchool = (db: Db, county: Place): Promise<Place | undefined> => {
  const { lo, hi } = rangeOf(county.path)
  const wanted = demoRoles.filter(({ madeUp }) => !madeUp).map(({ post }) => post)
  return db.first<Place>(sql`select s.id, s.path from units s
      join appointments a on a.scope >= s.path and a.scope < s.path || '~' collate "C" and a.post = any(${wanted}::text[])
    where s.school_id = s.id and s.path >= ${lo} and s.path < ${hi} and s.closed_on is null
    group by s.id
    order by count(distinct a.post) desc, (select count(*) from students t where t.school_id = s.id) desc, s.path limit 1`)
}

// Whoever is not shown in another role comes first, then the people of the school shown.
const holderOf = async (
  db: Db,
  school: Place,
  county: Place,
  post: PostId,
  taken: readonly string[],
): Promise<string | undefined> => {
  const { lo, hi } = rangeOf(county.path)
  const mentor = post === 'mentor' ? await busiestMentor(db, school, county, taken) : undefined
  if (mentor) return mentor
  const holder = await db.first<{ id: string }>(sql`select a.person_id as id
    from appointments a join people p on p.id = a.person_id
    where a.post = ${post} and a.scope >= ${lo} and a.scope < ${hi} and a.until_date is null and p.left_on is null
    order by a.person_id = any(${taken}::uuid[]), a.scope ^@ ${school.path} desc, p.name, a.id limit 1`)
  return holder?.id
}

// Being paired makes a mentor: the one with the most students shows the most.
const busiestMentor = async (
  db: Db,
  school: Place,
  county: Place,
  taken: readonly string[],
): Promise<string | undefined> => {
  const { lo, hi } = rangeOf(county.path)
  const mentor = await db.first<{ id: string }>(sql`select mentor_id as id from pairings
    where scope >= ${lo} and scope < ${hi} and until_date is null
    group by mentor_id
    order by mentor_id = any(${taken}::uuid[]), bool_or(scope ^@ ${school.path}) desc, count(*) desc, mentor_id limit 1`)
  return mentor?.id
}

/**
 * Makes the demonstration's sign-ins over the people of a loaded county, as the importer; those there already stay.
 * A role nobody in the county holds has no sign-in.
 */
export const createDemoAccounts = async (db: Db, countyId: string, seesOf: SeesOf, today: string): Promise<void> => {
  const county = await db.first<Place>(sql`select id, path from units where id = ${countyId}`)
  if (!county) throw new Error('the county of the demonstration is missing')
  const school = (await showSchool(db, county)) ?? county
  const taken: string[] = []
  for (const { loginName, post, madeUp } of demoRoles) {
    const known = await db.first(sql`select 1 as known from accounts where login_name = ${loginName}`)
    if (known) continue
    const personId = madeUp ? await madeUpPerson(db, county, madeUp) : await holderOf(db, school, county, post, taken)
    if (!personId) continue
    if (madeUp) await give(db, personId, county, post, today)
    taken.push(personId)
    await createAccount(db, { personId, loginName, password: demoPassword }, seesOf, today)
  }
  await rewriteActorSettings(db, taken, seesOf, today)
  await createDemoFamilies(db, county, demoPassword, today)
}

/** A sign-in for one officer of a place that shows a pack. */
export interface PlaceAccount {
  readonly loginName: string
  readonly post: PostId
  readonly officer: string
  readonly unitId: string
  /** Somebody the place's own lists name; made up otherwise. */
  readonly personId: string | undefined
}

/** Signs in of the places that show packs, in the order they are printed. */
const placeRoles: readonly { readonly loginName: string; readonly role: string }[] = [
  { loginName: 'shaanxi', role: '陕西县专干' },
  { loginName: 'xuzhou', role: '徐州县专干' },
  { loginName: 'zaoyang', role: '枣阳镇专干' },
  { loginName: 'suzhou', role: '苏州大学专干' },
  { loginName: 'shida', role: '师范大学专干' },
  { loginName: 'changshu', role: '理工学院专干' },
  { loginName: 'lianyuan', role: '高职学院专干' },
]

/** Makes the sign-in of a shown place, as the importer. */
export const createPlaceAccount = async (db: Db, asked: PlaceAccount, seesOf: SeesOf, today: string): Promise<void> => {
  const unit = await db.first<Place>(sql`select id, path from units where id = ${asked.unitId}`)
  if (!unit) throw new Error('the place of the demonstration is missing')
  const personId = asked.personId ?? (await madeUpPerson(db, unit, asked.officer))
  if (!asked.personId) await give(db, personId, unit, asked.post, today)
  await createAccount(db, { personId, loginName: asked.loginName, password: demoPassword }, seesOf, today)
  await rewriteActorSettings(db, [personId], seesOf, today)
}

// Shown only while the printed password opens the account: a changed one is nobody's business.
const stillPrinted = new Map<string, Promise<boolean>>()
const opens = (hash: string): Promise<boolean> => {
  const known = stillPrinted.get(hash) ?? verify(hash, demoPassword)
  stillPrinted.set(hash, known)
  return known
}

/** The sign-ins a demonstration prints; none where the data is not a demonstration. */
export const demoAccounts = async ({ demo, door }: Services): Promise<AnswerOf<typeof declared>> => {
  if (!demo) return { accounts: [] }
  const shown = [...demoRoles, ...demoFamilyRoles, ...placeRoles]
  const rows = await door.asGate((db) =>
    db.rows<{ login_name: string; name: string; password_hash: string }>(
      sql`select a.login_name, coalesce(p.name, f.name) as name, a.password_hash from accounts a
          left join people p on p.id = a.person_id left join family_members f on f.id = a.person_id
        where a.login_name = any(${shown.map(({ loginName }) => loginName)}::text[]) and a.status = 'active'`,
    ),
  )
  const accounts: AnswerOf<typeof declared>['accounts'] = []
  for (const { loginName, role } of shown) {
    const row = rows.find(({ login_name }) => login_name === loginName)
    if (row && (await opens(row.password_hash)))
      accounts.push({ loginName, password: demoPassword, role, name: row.name })
  }
  return { accounts }
}

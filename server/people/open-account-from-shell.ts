import { uuidv7 } from 'uuidv7'
import { type UnitKind, unitKinds } from '#contract/organisations'
import { isPost, type PostId, postLabel, posts, postsAt } from '#contract/people'
import { notFound, Refusal } from '#contract/platform'
import { audit, type Db, sql } from '#server/platform'
import { oneTimePassword } from './accounts-kept.ts'
import { createAccount } from './create-account.ts'
import type { SeesOf } from './sight.ts'

export interface ShellWish {
  readonly unitId: string
  readonly name: string
  readonly loginName: string
  readonly post: string
}

interface UnitRow {
  readonly id: string
  readonly path: string
  readonly kind: UnitKind
  readonly name: string
}

const postAt = (unit: UnitRow, post: string): PostId => {
  if (!isPost(post))
    throw new Refusal('people.unknown-post', `没有“${post}”这个岗位,可用:${Object.keys(posts).join('、')}。`, 'invalid')
  if (!postsAt(unit.kind).includes(post))
    throw new Refusal('people.post-not-here', `${unitKinds[unit.kind].label}不设“${postLabel(post)}”岗位。`, 'invalid')
  return post
}

const personAt = async (db: Db, unit: UnitRow, name: string): Promise<string> => {
  const found = await db.rows<{ id: string }>(sql`select id from people
    where home_unit_id = ${unit.id} and name = ${name} and left_on is null limit 2`)
  if (found.length > 1)
    throw new Refusal('people.same-name', `${unit.name}有不止一位“${name}”,请在“单位与人员”里开通账号。`)
  if (found[0]) return found[0].id
  const id = uuidv7()
  await db.change(sql`insert into people (id, home_unit_id, scope, name, name_key, initials)
    values (${id}, ${unit.id}, ${unit.path}, ${name}, ${name}, '')`)
  return id
}

/**
 * Opens an account from the shell of the machine itself, as the importer: the first administrator of an installation has
 * nobody above to give him one. The person and the post are made where they are missing. Answers the one-time password.
 * Refuses `people.unknown-post`, `people.post-not-here`, `people.same-name`, `people.account-exists`,
 * `people.login-name-taken`.
 */
export const openAccountFromShell = async (
  db: Db,
  wish: ShellWish,
  seesOf: SeesOf,
  today: string,
): Promise<{ password: string }> => {
  const unit = await db.first<UnitRow>(
    sql`select id, path, kind, name from units where id = ${wish.unitId} and closed_on is null`,
  )
  if (!unit) throw notFound()
  const post = postAt(unit, wish.post)
  const personId = await personAt(db, unit, wish.name)
  const known = await db.first<{ login_name: string }>(
    sql`select login_name from accounts where person_id = ${personId}`,
  )
  if (known) throw new Refusal('people.account-exists', `${wish.name}已有账号“${known.login_name}”。`)
  await db.change(sql`insert into appointments (id, person_id, unit_id, scope, post, from_date)
    select ${uuidv7()}, ${personId}, ${unit.id}, ${unit.path}, ${post}, ${today}
    where not exists (select from appointments where person_id = ${personId} and unit_id = ${unit.id} and post = ${post}
      and (until_date is null or until_date > ${today}::date))`)
  const password = oneTimePassword()
  await createAccount(db, { personId, loginName: wish.loginName, password, mustChange: true }, seesOf, today)
  await audit(db, {
    actorId: null,
    action: 'people.give-account',
    outcome: 'done',
    scope: unit.path,
    subject: personId,
    detail: { post },
  })
  return { password }
}

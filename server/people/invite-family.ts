import { randomInt } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import {
  codeDays,
  type inviteFamily as declared,
  mobileOf,
  type Relation,
  type renewFamilyCode as renewed,
} from '#contract/people'
import { type AnswerOf, addDays, type BodyOf, notFound, type ParamsOf, Refusal } from '#contract/platform'
import { type Actor, type Db, type Services, sql } from '#server/platform'
import { endSessions, oneTimePassword } from './accounts-kept.ts'
import { familyInvited, familyLinked } from './family-invited.ts'
import {
  familyAccountOf,
  fileFamily,
  type KeptChild,
  type KeptContact,
  keepFamily,
  readContacts,
  whyNotInvite,
  whyNotStudent,
} from './family-kept.ts'
import { rewriteFamilySettings } from './follow-contacts.ts'
import { phoneDigest } from './phone-digest.ts'
import { hashPassword } from './sign-in.ts'

type Invited = AnswerOf<typeof declared>

/** Digits only, so that they can be read from a slip and typed by thumb; nothing of the child is in them. */
const newLoginName = (kind: Relation): string =>
  `${kind === 'guardian' ? 'j' : 'x'}${randomInt(10_000_000, 99_999_999)}`

const phoneOf = (services: Services, contact: KeptContact | undefined): string | undefined =>
  contact?.phone_cipher ? mobileOf(services.secrets.open(contact.phone_cipher)) : undefined

// The same name behind the same phone is the same person: siblings share one account.
const findSamePerson = (db: Db, digest: Buffer | null, nameKey: string) =>
  db.first<{ id: string; login_name: string; status: string }>(sql`select m.id, a.login_name, a.status
    from accounts a join family_members m on m.id = a.person_id
    where a.phone_digest = ${digest} and m.name_key = ${nameKey} and m.kind = 'guardian'`)

interface NewMember {
  readonly kind: Relation
  readonly name: string
  readonly nameKey: string
  readonly scope: string
  readonly digest: Buffer | null
  readonly password: string
  readonly codeUntil: string | null
}

/** A family member with an account, as the importer; the phone opens it unless another account has it already. */
export const addFamilyMember = async (
  db: Db,
  member: NewMember,
  loginName?: string,
): Promise<{ id: string; loginName: string }> => {
  const id = uuidv7()
  const login = loginName ?? newLoginName(member.kind)
  await db.change(sql`insert into family_members (id, kind, name, name_key, scope)
    values (${id}, ${member.kind}, ${member.name}, ${member.nameKey}, ${member.scope})`)
  await db.change(sql`insert into accounts (id, person_id, login_name, password_hash, must_change, code_until, phone_digest)
    select ${uuidv7()}::uuid, ${id}::uuid, ${login}, ${await hashPassword(member.password)}, ${member.codeUntil !== null},
      case when ${member.codeUntil !== null} then now() + make_interval(days => ${codeDays}) end, case when exists (select from accounts where phone_digest = ${member.digest}::bytea)
        then null else ${member.digest}::bytea end`)
  return { id, loginName: login }
}

/** Joins a family account to a child, as the importer. */
export const linkFamily = (db: Db, child: KeptChild, personId: string, contactId: string | null, invitedBy: string) =>
  db.change(sql`insert into family_links (school_id, student_id, person_id, scope, contact_id, invited_by)
    select school_id, id, ${personId}, scope, ${contactId}, ${invitedBy} from students
    where school_id = ${child.schoolId} and id = ${child.studentId}
    on conflict (school_id, student_id, person_id) do update set contact_id = excluded.contact_id`)

const linkedAs = (db: Db, child: KeptChild, contactId: string | null) =>
  db.first<{ person_id: string }>(sql`select person_id from family_links where school_id = ${child.schoolId}
    and student_id = ${child.studentId} and contact_id is not distinct from ${contactId}::uuid`)

const alreadyThere = (): Refusal =>
  new Refusal('people.family-account-exists', '已经有账号了。忘记密码或一次性密码过期,请重发一次性密码。')

/**
 * Gives a guardian or an old enough student an account with a one-time code, told once. A guardian who signs in already
 * for a brother or sister (same name, same phone) gets the child added instead. [C6 G16]
 * Refuses `people.not-guardian`, `contact-limited`, `contact-ended`, `too-young`, `family-account-exists`, and as `keepFamily`.
 */
export const inviteFamily = (
  services: Services,
  actor: Actor,
  key: ParamsOf<typeof declared>,
  { contactId, send }: BodyOf<typeof declared>,
): Promise<Invited> =>
  keepFamily(services, actor, key, async (db, child) => {
    const today = services.today()
    const contacts = await readContacts(db, child, today)
    const contact = contacts.find(({ id }) => id === contactId)
    if (contactId !== null && !contact) throw notFound()
    const refusal = contact ? whyNotInvite(contact, contacts) : whyNotStudent(child, today)
    if (refusal) throw refusal
    if (await linkedAs(db, child, contactId)) throw alreadyThere()
    const phone = phoneOf(services, contact)
    const digest = phone ? phoneDigest(services, phone) : null
    const same = contact && digest ? await findSamePerson(db, digest, contact.name_key) : undefined
    const code = oneTimePassword()
    const codeUntil = addDays(today, codeDays)
    const { name, name_key: nameKey } = contact ?? child
    const kind = contact ? 'guardian' : 'student'
    const { id, loginName } = same
      ? { id: same.id, loginName: same.login_name }
      : await addFamilyMember(db, { kind, name, nameKey, scope: child.school_path, digest, password: code, codeUntil })
    await linkFamily(db, child, id, contactId, actor.personId)
    if (contactId) await services.events.announce(db, familyLinked, { ...key, contactId, personId: id })
    await rewriteFamilySettings(db, [id], today)
    await fileFamily(db, actor, 'people.invite-family', child, id)
    const sent = send && !same && phone !== undefined
    if (sent)
      await services.events.announce(db, familyInvited, {
        ...key,
        personId: id,
        invitedBy: actor.personId,
        loginName,
        code,
      })
    return { name, loginName, code: same ? null : code, codeUntil: same ? null : codeUntil, sent }
  })

/**
 * Replaces a forgotten or expired code by a new one, told once; open sessions end. Refuses `people.account-stopped`, and
 * as `familyAccountOf`.
 */
export const renewFamilyCode = (
  services: Services,
  actor: Actor,
  { personId, ...key }: ParamsOf<typeof renewed>,
  { send }: BodyOf<typeof renewed>,
): Promise<Invited> =>
  keepFamily(services, actor, key, async (db, child, keeper) => {
    const { account_id, name, login_name: loginName, status } = await familyAccountOf(db, keeper, key, personId)
    if (status === 'stopped') throw new Refusal('people.account-stopped', '账号已停用,请先恢复再重发一次性密码。')
    const code = oneTimePassword()
    const codeUntil = addDays(services.today(), codeDays)
    await db.change(sql`update accounts set password_hash = ${await hashPassword(code)}, must_change = true,
      code_until = now() + make_interval(days => ${codeDays}), failed_count = 0, locked_until = null where id = ${account_id}`)
    await endSessions(db, personId)
    await fileFamily(db, actor, 'people.renew-family-code', child, personId)
    const link = await db.first<{ phone_cipher: Buffer | null }>(sql`select k.phone_cipher from family_links l
      join student_contacts k on k.school_id = l.school_id and k.student_id = l.student_id and k.id = l.contact_id
      where l.person_id = ${personId} and l.school_id = ${key.schoolId} and l.student_id = ${key.studentId}`)
    const sent = send && link?.phone_cipher != null
    if (sent)
      await services.events.announce(db, familyInvited, {
        ...key,
        personId,
        invitedBy: actor.personId,
        loginName,
        code,
      })
    return { name, loginName, code, codeUntil, sent }
  })

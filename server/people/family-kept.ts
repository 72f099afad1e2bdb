import { whyNotGuardian, whyNotOwnAccount, whyNotPermitted } from '#contract/people'
import { notFound, Refusal } from '#contract/platform'
import { type Actor, audit, type Db, type Services, sql } from '#server/platform'

export interface ChildKey {
  readonly schoolId: string
  readonly studentId: string
}

export interface KeptChild extends ChildKey {
  readonly name: string
  readonly name_key: string
  readonly scope: string
  readonly school_path: string
  readonly stage: number
  readonly birth_date: string | null
}

export interface KeptContact {
  readonly id: string
  readonly name: string
  readonly name_key: string
  readonly relation: string | null
  readonly is_guardian: boolean
  readonly contact_limit: string
  readonly phone_cipher: Buffer | null
  readonly in_force: boolean
}

/**
 * Runs `work` on the family of a child whom the actor sees and whose accounts the post keeps, as the importer and in one
 * transaction, one keeper at a time. Refuses `platform.not-found`, `people.not-permitted`. [C6]
 */
export const keepFamily = async <T>(
  services: Services,
  actor: Actor,
  { schoolId, studentId }: ChildKey,
  work: (db: Db, child: KeptChild, keeper: Actor) => Promise<T>,
): Promise<T> => {
  const { child, keeper } = await services.door.asActor(actor, async (db, me) => {
    const found = await db.first<Omit<KeptChild, keyof ChildKey>>(sql`select s.name, s.name_key, s.scope, s.stage,
        s.birth_date::text, o.path as school_path
      from students s join units o on o.id = s.school_id where s.school_id = ${schoolId} and s.id = ${studentId}`)
    if (!found) throw notFound()
    const refusal = whyNotPermitted('people.invite-family', me.posts, found.scope)
    if (refusal) throw refusal
    return { child: { schoolId, studentId, ...found }, keeper: me }
  })
  return services.door.asJob('importer', async (db) => {
    await db.rows(sql`select id from students where school_id = ${schoolId} and id = ${studentId} for no key update`)
    return work(db, child, keeper)
  })
}

/** The contacts of a child on a day, the guardians first. */
export const readContacts = (db: Db, { schoolId, studentId }: ChildKey, today: string): Promise<KeptContact[]> =>
  db.rows<KeptContact>(sql`select id, name, name_key, relation, is_guardian, contact_limit, phone_cipher,
      (from_date is null or from_date <= ${today}::date) and (until_date is null or until_date > ${today}::date) as in_force
    from student_contacts where school_id = ${schoolId} and student_id = ${studentId}
    order by is_guardian desc, name_order(name), id`)

/** Why this contact of the child gets no account; a limit on any entry of the same name counts. */
export const whyNotInvite = (contact: KeptContact, all: readonly KeptContact[]): Refusal | undefined => {
  const limited = all.find((one) => one.name_key === contact.name_key && one.in_force && one.contact_limit !== 'none')
  return whyNotGuardian({
    isGuardian: contact.is_guardian,
    inForce: contact.in_force,
    contactLimit: limited?.contact_limit ?? contact.contact_limit,
  })
}

/** Why the child gets no account of its own. */
export const whyNotStudent = (child: KeptChild, today: string): Refusal | undefined =>
  whyNotOwnAccount({ birthDate: child.birth_date, stage: child.stage }, today)

export interface FamilyAccount {
  readonly account_id: string
  readonly name: string
  readonly login_name: string
  readonly status: 'active' | 'stopped'
}

/**
 * The account of one of this family, which the keeper may keep only when the post covers every child it belongs to:
 * whoever opens a new code could sign in and see the others. Refuses `platform.not-found`, `people.family-elsewhere`.
 */
export const familyAccountOf = async (
  db: Db,
  keeper: Actor,
  child: ChildKey,
  personId: string,
): Promise<FamilyAccount> => {
  const links = await db.rows<{ student_id: string; school_id: string; scope: string }>(
    sql`select student_id, school_id, scope from family_links where person_id = ${personId}`,
  )
  if (!links.some((link) => link.student_id === child.studentId && link.school_id === child.schoolId)) throw notFound()
  if (links.some((link) => whyNotPermitted('people.invite-family', keeper.posts, link.scope)))
    throw new Refusal(
      'people.family-elsewhere',
      '这个账号还关联着别的班或别的学校的孩子,请由学校或县区的专干办理。',
      'forbidden',
    )
  const account = await db.first<FamilyAccount>(sql`select a.id as account_id, m.name, a.login_name, a.status
    from family_members m join accounts a on a.person_id = m.id where m.id = ${personId}`)
  if (!account) throw notFound()
  return account
}

/** Puts on file what was done to a family's account; never the code. */
export const fileFamily = (db: Db, actor: Actor, action: string, child: KeptChild, personId: string): Promise<number> =>
  audit(db, {
    actorId: actor.personId,
    action,
    outcome: 'done',
    scope: child.scope,
    schoolId: child.schoolId,
    subject: child.studentId,
    detail: { person: personId },
  })

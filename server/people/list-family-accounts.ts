import type { listFamilyAccounts as declared } from '#contract/people'
import type { AnswerOf, ParamsOf } from '#contract/platform'
import { type Actor, type Services, sql } from '#server/platform'
import { keepFamily, readContacts, whyNotInvite, whyNotStudent } from './family-kept.ts'

interface Row {
  readonly person_id: string
  readonly contact_id: string | null
  readonly login_name: string
  readonly status: string
  readonly must_change: boolean
}

type Line = AnswerOf<typeof declared>['people'][number]

const stateOf = (account: Row | undefined): Line['state'] => {
  if (!account) return 'none'
  if (account.status === 'stopped') return 'stopped'
  return account.must_change ? 'invited' : 'active'
}

/** Who of a child's family signs in, who could, and why not. Refuses as `keepFamily`. [C6] */
export const listFamilyAccounts = (
  services: Services,
  actor: Actor,
  key: ParamsOf<typeof declared>,
): Promise<AnswerOf<typeof declared>> =>
  keepFamily(services, actor, key, async (db, child) => {
    const today = services.today()
    const contacts = await readContacts(db, child, today)
    const accounts = await db.rows<Row>(sql`select l.person_id, l.contact_id, a.login_name, a.status, a.must_change
      from family_links l join accounts a on a.person_id = l.person_id
      where l.school_id = ${key.schoolId} and l.student_id = ${key.studentId}`)
    const line = (
      contactId: string | null,
      rest: Omit<Line, 'contactId' | 'personId' | 'state' | 'loginName'>,
    ): Line => {
      const account = accounts.find(({ contact_id }) => contact_id === contactId)
      const { person_id: personId = null, login_name: loginName = null } = account ?? {}
      return { contactId, personId, state: stateOf(account), loginName, ...rest }
    }
    const relatives = contacts
      .filter(({ id, in_force }) => in_force || accounts.some(({ contact_id }) => contact_id === id))
      .map((contact) =>
        line(contact.id, {
          name: contact.name,
          relation: contact.relation,
          hasPhone: contact.phone_cipher !== null,
          whyNot: whyNotInvite(contact, contacts)?.sentence ?? null,
        }),
      )
    const whyNot = whyNotStudent(child, today)?.sentence ?? null
    return { people: [...relatives, line(null, { name: child.name, relation: '本人', hasPhone: false, whyNot })] }
  })

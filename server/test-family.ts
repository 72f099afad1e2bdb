import { randomBytes } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { followContacts } from '#server/people'
import { sql, tokenHash } from '#server/platform'
import type { Child, Someone, World } from './test-world.ts'

export interface TestGuardian extends Someone {
  readonly contactId: string
}

interface Wishes {
  readonly name?: string
  readonly phone?: string | null
  readonly contactLimit?: 'none' | 'no-contact' | 'supervised' | 'ask-first'
  /** Only a contact of the child, without an account. */
  readonly withoutAccount?: boolean
}

const sessionOf = async (world: World, personId: string, name: string): Promise<Someone> => {
  const token = randomBytes(32).toString('base64url')
  const sessionHash = tokenHash(token)
  await world.owner.query(
    `insert into sessions (token_hash, person_id, expires_at) values (decode($1, 'hex'), $2, now() + interval '1 day')`,
    [sessionHash, personId],
  )
  return {
    personId,
    name,
    cookie: `tongxing_session=${token}`,
    sessionHash,
    actor: () => world.program.recall(sessionHash),
  }
}

const addMember = async (world: World, child: Child, kind: string, name: string, contactId: string | null) => {
  const personId = uuidv7()
  const school = child.scope.split('.').slice(0, -2).join('.')
  await world.owner.query(`insert into family_members (id, kind, name, name_key, scope) values ($1, $2, $3, $3, $4)`, [
    personId,
    kind,
    name,
    `${school}.`,
  ])
  await world.owner.query(
    `insert into accounts (id, person_id, login_name, password_hash) values ($1, $2, $3, 'none')`,
    [uuidv7(), personId, `f${personId}`],
  )
  await world.owner.query(
    `insert into family_links (school_id, student_id, person_id, scope, contact_id, invited_by) values ($1, $2, $3, $4, $5, $3)`,
    [child.schoolId, child.id, personId, child.scope, contactId],
  )
  await world.program.services.door.asJob('importer', (db) => followContacts(db, [child.id], world.day))
  return personId
}

/** A guardian among a child's contacts, signed in with an account of the family. */
export const addGuardian = async (world: World, child: Child, wishes: Wishes = {}): Promise<TestGuardian> => {
  const { name = `${child.name}的母亲`, phone = '13800000001', contactLimit = 'none' } = wishes
  const contactId = uuidv7()
  const { secrets } = world.program.services
  await world.owner.query(
    `insert into student_contacts (school_id, student_id, id, scope, name, name_key, relation, is_guardian, contact_limit, phone_cipher)
     values ($1, $2, $3, $4, $5, $5, '母亲', true, $6, $7)`,
    [child.schoolId, child.id, contactId, child.scope, name, contactLimit, phone ? secrets.seal(phone) : null],
  )
  if (wishes.withoutAccount) {
    const nobody = {
      personId: '',
      name,
      cookie: '',
      sessionHash: '',
      actor: () => Promise.reject(new Error('no account')),
    }
    return { ...nobody, contactId }
  }
  const personId = await addMember(world, child, 'guardian', name, contactId)
  return { ...(await sessionOf(world, personId, name)), contactId }
}

/** The student's own account. */
export const addStudentAccount = async (world: World, child: Child): Promise<Someone> => {
  const personId = await addMember(world, child, 'student', child.name, null)
  return sessionOf(world, personId, child.name)
}

/** Sets a limit on a contact as an import or a colleague would, and lets rights follow. */
export const limitContact = async (world: World, child: Child, contactId: string, limit: string): Promise<void> => {
  await world.program.services.door.asJob('importer', async (db) => {
    await db.change(
      sql`update student_contacts set contact_limit = ${limit} where student_id = ${child.id} and id = ${contactId}`,
    )
    await followContacts(db, [child.id], world.day)
  })
}

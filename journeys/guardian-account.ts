import type pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { followContacts } from '#server/people'
import { journeyDay, type Stage } from './stage.ts'

interface OfFamily {
  readonly id: string
  readonly schoolId: string
}

/** A guardian of the child with an account of their own; answers the name to sign in with. */
export const addGuardianAccount = async (stage: Stage, owner: pg.Client, of: OfFamily): Promise<string> => {
  const [personId, contactId, loginName] = [uuidv7(), uuidv7(), 'jiazhang-qinghe']
  const { rows } = await owner.query<{ scope: string }>('select scope from students where id = $1', [of.id])
  const scope = rows[0]?.scope
  await owner.query(
    `insert into student_contacts (school_id, student_id, id, scope, name, name_key, relation, is_guardian)
     values ($1, $2, $3, $4, '孩子母亲', '孩子母亲', '母亲', true)`,
    [of.schoolId, of.id, contactId, scope],
  )
  await owner.query(
    `insert into family_members (id, kind, name, name_key, scope) values ($1, 'guardian', '孩子母亲', '孩子母亲', $2)`,
    [personId, scope],
  )
  // The demonstration's families all sign in with the password printed on the page.
  await owner.query(
    `insert into accounts (id, person_id, login_name, password_hash) select $1, $2, $3, password_hash from accounts where login_name = 'jiazhang'`,
    [uuidv7(), personId, loginName],
  )
  await owner.query(
    `insert into family_links (school_id, student_id, person_id, scope, contact_id, invited_by) values ($1, $2, $3, $4, $5, $3)`,
    [of.schoolId, of.id, personId, scope, contactId],
  )
  await stage.program.services.door.asJob('importer', (db) => followContacts(db, [of.id], journeyDay))
  return loginName
}

/** A student with an account of their own, of an age that may have one; answers the name to sign in with. */
export const addStudentAccount = async (
  stage: Stage,
  owner: pg.Client,
  of: OfFamily & { readonly name: string },
): Promise<string> => {
  const [personId, loginName] = [uuidv7(), 'tongxue']
  await owner.query(
    `insert into family_members (id, kind, name, name_key, scope) select $1, 'student', $2, $2, scope from students where id = $3`,
    [personId, of.name, of.id],
  )
  await owner.query(
    `insert into accounts (id, person_id, login_name, password_hash) select $1, $2, $3, password_hash from accounts where login_name = 'jiazhang'`,
    [uuidv7(), personId, loginName],
  )
  await owner.query(
    `insert into family_links (school_id, student_id, person_id, scope, contact_id, invited_by)
     select school_id, id, $1, scope, null, $1 from students where id = $2`,
    [personId, of.id],
  )
  await stage.program.services.door.asJob('importer', (db) => followContacts(db, [of.id], journeyDay))
  return loginName
}

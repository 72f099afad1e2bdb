import { isPlainDate, Refusal } from '#contract/platform'
import type { Change, Filled, Made } from '#server/flows'
import { type Db, sql } from '#server/platform'
import { writeEarlier } from '#server/records'

interface Visit {
  readonly id: string
  readonly personId: string
  readonly name: string
  readonly coded: Filled
  readonly fields: Buffer | null
}

const wrongDay = (reason: string): Refusal =>
  new Refusal('recognition.visit-day', `${reason}。`, 'invalid', [{ field: 'on', reason }])

/** A visit to somebody admitted, before there is a file: written down with the request. Refuses `recognition.visit-day`. [C5 C26] */
export const visit = async (_db: Db, { fields, today }: Made): Promise<Change> => {
  const on = String(fields.on)
  if (!isPlainDate(on) || on > today) throw wrongDay('不能晚于今天')
  return {}
}

/** What was seen at those visits enters the file of the student the request now follows, in the name of who went. */
export const enterVisits = async (
  db: Db,
  made: Made,
  student: { readonly id: string; readonly scope: string },
): Promise<void> => {
  const { schoolId } = made.case
  const school = await db.first<{ path: string }>(sql`select path from units where id = ${schoolId}`)
  const visits =
    await db.rows<Visit>(sql`select id, actor_id as "personId", actor_name as name, coded, fields_cipher as fields
    from flow_steps where school_id = ${schoolId} and case_id = ${made.case.id} and move = 'visit' order by number`)
  const { services, registry } = made
  for (const { id, personId, name, coded, fields } of visits) {
    const { household_note: note = '' } = fields ? (JSON.parse(services.secrets.open(fields)) as Filled) : {}
    await writeEarlier(db, services, registry, {
      id,
      schoolId,
      schoolPath: school?.path ?? '',
      student,
      record: 'home-visit',
      on: String(coded.on),
      mode: Number(coded.mode),
      fields: { household_note: String(note) },
      by: { personId, name },
    })
  }
}

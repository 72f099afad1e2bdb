import type { getMyChildren as declared } from '#contract/family'
import { postLabel } from '#contract/people'
import type { AnswerOf } from '#contract/platform'
import { showValue } from '#contract/policies'
import { type FactId, facts } from '#contract/students'
import { type Actor, type Services, sql } from '#server/platform'

interface ChildRow {
  readonly school_id: string
  readonly id: string
  readonly name: string
  readonly class_id: string
  readonly school_name: string
  readonly class_name: string
  readonly entered_on: string | null
  readonly recognised_until: string | null
  readonly told: { fact: string; value: string; asOf: string }[]
}

interface TeacherRow {
  readonly unit_id: string
  readonly name: string
  readonly post: string
  readonly mobile_cipher: Buffer | null
}

const readChildren = (services: Services, actor: Actor): Promise<ChildRow[]> =>
  services.door.readAsActor<ChildRow>(
    actor,
    sql`select s.school_id, s.id, s.name, s.class_id, o.name as school_name, k.name as class_name, s.entered_on::text,
        (select max(g.until_date)::text from recognitions g where g.school_id = s.school_id and g.student_id = s.id
          and g.ended_on is null and g.from_date <= ${services.today()}::date and g.until_date >= ${services.today()}::date) as recognised_until,
        coalesce((select json_agg(json_build_object('fact', f.fact, 'value', f.value, 'asOf', f.as_of) order by f.fact)
          from facts f where f.school_id = s.school_id and f.student_id = s.id and f.superseded_at is null
            and f.recorded_by = ${actor.personId}), '[]') as told
      from students s join units k on k.id = s.class_id join units o on o.id = s.school_id
      where s.id = any(current_setting('app.students')::uuid[]) and s.status in (1, 2) order by s.birth_date, s.name_order, s.id`,
  )

// A family sees no list of staff: only who answers for the own class, by name and the number on file.
const readTeachers = ({ door, today }: Services, classIds: readonly string[]): Promise<TeacherRow[]> =>
  door.asJob('importer', (db) =>
    db.rows<TeacherRow>(sql`select a.unit_id, p.name, a.post, c.mobile_cipher
      from appointments a join people p on p.id = a.person_id left join people_contacts c on c.person_id = p.id
      where a.unit_id = any(${classIds}::uuid[]) and a.post in ('class-teacher', 'counsellor') and p.left_on is null
        and a.from_date <= ${today()}::date and (a.until_date is null or a.until_date > ${today()}::date)
      order by a.from_date, a.id`),
  )

const shown = (fact: string, value: string): string => {
  const { type } = facts[fact as FactId]
  if (type === 'yes-no') return showValue(fact as FactId, value === 'true')
  return showValue(fact as FactId, type === 'date' ? value : Number(value))
}

const isFact = (fact: string): fact is FactId => Object.hasOwn(facts, fact)

/** The own children with class, teacher and what this family told; empty for staff and for whoever has a limit. [C6] */
export const getMyChildren = async (services: Services, actor: Actor): Promise<AnswerOf<typeof declared>> => {
  const children = await readChildren(services, actor)
  const teachers = await readTeachers(
    services,
    children.map((child) => child.class_id),
  )
  return {
    children: children.map((child) => ({
      schoolId: child.school_id,
      studentId: child.id,
      name: child.name,
      schoolName: child.school_name,
      className: child.class_name,
      enteredOn: child.entered_on,
      teachers: teachers
        .filter((teacher) => teacher.unit_id === child.class_id)
        .map(({ name, post, mobile_cipher }) => ({
          name,
          post: postLabel(post),
          phone: mobile_cipher ? services.secrets.open(mobile_cipher) : null,
        })),
      told: child.told
        .filter(({ fact }) => isFact(fact))
        .map(({ fact, value, asOf }) => ({ label: facts[fact as FactId].label, value: shown(fact, value), asOf })),
      recognisedUntil: child.recognised_until,
    })),
  }
}

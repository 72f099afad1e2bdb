import { notFound, type QueryOf } from '#contract/platform'
import type { countStudents, listStudents } from '#contract/students'
import { type Actor, type JsonColumn, jsonText, type RawJson, type Services, type Statement } from '#server/platform'

type ListQuery = QueryOf<typeof listStudents>
type CountQuery = QueryOf<typeof countStudents>

/** Conditions of a list as SQL over `s` (students) with values; each names its own index range beside the row policy. */
interface Filter {
  readonly where: string[]
  readonly values: unknown[]
}

const add = (filter: Filter, condition: (place: string) => string, value: unknown): void => {
  filter.values.push(value)
  filter.where.push(condition(`$${filter.values.length}`))
}

// Digits look like a student number, Latin letters like pinyin initials, everything else is a name or a piece of one.
const search = (filter: Filter, text: string): void => {
  if (/^\d+$/.test(text)) add(filter, (place) => `s.number ^@ ${place}`, text)
  else if (/^[a-z]+$/i.test(text)) add(filter, (place) => `s.initials ^@ ${place}`, text.toLowerCase())
  // Found first, then looked up: asked of each student, a rare name would have all of them read.
  else
    add(
      filter,
      (place) =>
        `s.id in (select h.id from students h where h.name ^@ ${place}
          union all select n.student_id from name_pieces n where n.piece ^@ ${place})`,
      text,
    )
}

const standings = { 'on-leave': 's.status = 2', left: 's.status > 2' } as const

const filterOf = (query: Pick<ListQuery, 'unit' | 'search' | 'rule' | 'mine' | 'standing'>): Filter => {
  const filter: Filter = { where: [query.standing ? standings[query.standing] : 's.status = 1'], values: [] }
  if (query.unit) {
    add(filter, (place) => `s.scope >= (select path from units where id = ${place})`, query.unit)
    filter.where.push(`s.scope < (select left(path, -1) || '/' from units where id = $${filter.values.length})`)
  }
  if (query.mine) {
    filter.where.push(
      `(s.scope = any(current_setting('app.classes')::text[]) or s.id = any(current_setting('app.students')::uuid[]))`,
    )
  }
  if (query.search) search(filter, query.search)
  if (query.rule !== undefined) {
    add(
      filter,
      (place) =>
        `exists (select from class_spells c where c.school_id = s.school_id and c.student_id = s.id and c.rule = ${place} and c.until is null)`,
      query.rule,
    )
  }
  return filter
}

const classChips = `coalesce((select json_agg(json_build_object('rule', r.number, 'label', r.label) order by r.number)::text
  from class_spells c join policy_rules r on r.number = c.rule
  where c.school_id = s.school_id and c.student_id = s.id and c.until is null), '[]')`

const lastVisit = `(select v.act_date from record_subjects v
  where v.school_id = s.school_id and v.student_id = s.id and v.kind = 1 and v.current
  order by v.act_date desc limit 1)`

const line: Readonly<Record<string, JsonColumn>> = {
  id: { id: 's.id' },
  name: { text: 's.name' },
  number: { text: 's.number' },
  sex: { number: 's.sex' },
  grade: { number: 's.grade' },
  classId: { id: 's.class_id' },
  level: { number: 'f.hardship_level' },
  lastVisit: { quoted: lastVisit },
}

const lineText = jsonText(line)
const lineWithClasses = jsonText({ ...line, classes: { json: classChips } })

const ofClass: Readonly<Record<string, JsonColumn>> = {
  id: { id: 'k.id' },
  className: { text: 'k.name' },
  schoolId: { id: 'o.id' },
  schoolName: { text: 'o.name' },
}

const classText = jsonText(ofClass)

/**
 * A page of students in class order, written as JSON inside the database: one statement, one flush. The cursor is the
 * last student of the page; the next page begins behind where that student stands now.
 */
export const listStudentsStatement = (query: ListQuery): Statement => {
  const filter = filterOf(query)
  if (query.after) {
    add(
      filter,
      (place) =>
        `(s.scope, s.name, s.id) > (select a.scope, a.name, a.id from students a where a.id = ${place} limit 1)`,
      query.after,
    )
  }
  filter.values.push(query.limit)
  const limit = `$${filter.values.length}`
  // The page is in order already and its lines are taken one after another.
  const text = `with page as (
      select s.scope, s.name, s.id, s.class_id, ${query.withClasses ? lineWithClasses : lineText} as line
      from students s left join facts_family f on f.school_id = s.school_id and f.student_id = s.id
      where ${filter.where.join(' and ')}
      order by s.scope, s.name, s.id limit ${limit})
    select concat('{"students":[', string_agg(line, ','), '],"classes":[',
      (select string_agg(${classText}, ',' order by k.path) from units k join units o on o.id = k.school_id
        where k.id in (select class_id from page)),
      '],"after":', coalesce('"' || (array_agg(id))[${limit}] || '"', 'null'), '}') as json
    from page`
  return { text, values: filter.values, asBytes: true }
}

/** Serves the list. A unit that does not exist has no students: the same empty answer as one out of reach. [T1] */
export const readStudents = async (services: Services, actor: Actor, query: ListQuery): Promise<RawJson> => {
  const [row] = await services.door.readAsActor<{ json: Buffer }>(actor, listStudentsStatement(query))
  if (!row) throw notFound()
  return { rawJson: row.json }
}

const countCap = 10_000

/** How many match, up to a cap: counting a million names for one line of text would cost more than it tells. */
export const countMatching = async (
  services: Services,
  actor: Actor,
  query: CountQuery,
): Promise<{ total: number; capped: boolean }> => {
  const filter = filterOf(query)
  const text = `select count(*)::int as total from (select 1 from students s where ${filter.where.join(' and ')} limit ${countCap + 1}) c`
  const [row] = await services.door.readAsActor<{ total: number }>(actor, { text, values: filter.values })
  const total = row?.total ?? 0
  return { total: Math.min(total, countCap), capped: total > countCap }
}

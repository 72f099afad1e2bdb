import type { QueryOf } from '#contract/platform'
import type { countStudents, listStudents } from '#contract/students'
import { type Actor, type JsonShape, jsonRows, type RawJson, type Services, type Statement } from '#server/platform'

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

const filterOf = (query: Pick<ListQuery, 'unit' | 'search' | 'rule' | 'mine' | 'standing'>, path?: string): Filter => {
  const filter: Filter = { where: [query.standing ? standings[query.standing] : 's.status = 1'], values: [] }
  if (path) {
    add(filter, (place) => `s.scope >= ${place}`, path)
    add(filter, (place) => `s.scope < ${place}`, `${path.slice(0, -1)}/`)
  } else if (query.unit) {
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

// In the order of the statement's columns. The server's own JSON costs more than finding the rows.
const line: JsonShape = [
  ['id', 'quoted'],
  ['classId', 'quoted'],
  ['name', 'text'],
  ['number', 'text'],
  ['sex', 'number'],
  ['grade', 'number'],
  ['level', 'number'],
  ['lastVisit', 'quoted'],
]
const lines = jsonRows(line)
const linesWithClasses = jsonRows([...line, ['classes', 'json']])
const classLines = jsonRows([
  ['id', 'quoted'],
  ['className', 'text'],
  ['schoolId', 'quoted'],
  ['schoolName', 'text'],
])

/**
 * A page of students in class order, each row as `line` says. The cursor is the last student of the page; the next page
 * begins behind where that student stands now.
 */
const listStudentsStatement = (query: ListQuery, path?: string): Statement => {
  const filter = filterOf(query, path)
  if (query.after) {
    add(
      filter,
      (place) =>
        `(s.scope, s.name_order, s.id) > (select a.scope, a.name_order, a.id from students a where a.id = ${place} limit 1)`,
      query.after,
    )
  }
  filter.values.push(query.limit)
  const text = `select s.id, s.class_id, s.name, s.number, s.sex, s.grade, f.hardship_level, ${lastVisit}${query.withClasses ? `, ${classChips}` : ''}
    from students s left join facts_family f on f.school_id = s.school_id and f.student_id = s.id
    where ${filter.where.join(' and ')}
    order by s.scope, s.name_order, s.id limit $${filter.values.length}`
  return { text, values: filter.values, asRow: true, plannedOnce: isPlain(query) }
}

// Found by its place in the tree alone, whatever unit it is; how many a word or a class finds changes how to look for them.
const isPlain = ({ unit, search, rule, mine, standing }: ListQuery): boolean =>
  unit !== undefined && search === undefined && rule === undefined && mine === undefined && standing === undefined

const classesText = (which: string): string =>
  `select k.id, k.name, o.id, o.name from units k join units o on o.id = k.school_id where k.id ${which}`
const oneClassText = classesText('= $1')
const classesInOrder = classesText('= any($1::uuid[]) order by k.path')

// Planned once, several would be looked for among all units there are.
const classesStatement = (ids: string | readonly string[]): Statement => ({
  text: typeof ids === 'string' ? oneClassText : classesInOrder,
  values: [ids],
  asRow: true,
})

type Rows = readonly { readonly row: Buffer }[]

const bytesOf = (rows: Rows): Buffer[] => rows.map(({ row }) => row)

// Both columns that lead a row are ids, written in full.
const idLength = 36
const idAt = (row: Buffer, column: 0 | 1): string => {
  const from = 2 + 4 + column * (idLength + 4)
  return row.toString('latin1', from, from + idLength)
}

// Rows are in class order, so a class is met in one stretch.
const classesOf = (rows: readonly Buffer[]): string[] => {
  const ids: string[] = []
  for (const row of rows) {
    const id = idAt(row, 1)
    if (ids.at(-1) !== id) ids.push(id)
  }
  return ids
}

/**
 * Serves the list: one flush that asks for the students and for the class that was named, and for other classes that turn
 * up another. A unit that does not exist has no students: the same empty answer as one out of reach. [T1]
 */
export const readStudents = async (services: Services, actor: Actor, query: ListQuery): Promise<RawJson> => {
  const [page = [], named = []] = (await services.door.readAllAsActor(actor, ({ posts }) => [
    // Where the person holds a post there, the place of the unit is known, and holds while the person's rights do.
    listStudentsStatement(query, posts.find(({ unitId }) => unitId === query.unit)?.unitPath),
    ...(query.unit ? [classesStatement(query.unit)] : []),
  ])) as Rows[]
  const rows = bytesOf(page)
  const ids = classesOf(rows)
  const isNamed = ids.length === 0 || (ids.length === 1 && ids[0] === query.unit)
  const classes = isNamed ? named : await services.door.readAsActor<{ row: Buffer }>(actor, classesStatement(ids))
  const last = rows[query.limit - 1]
  return {
    rawJson: Buffer.concat([
      Buffer.from('{"students":['),
      (query.withClasses ? linesWithClasses : lines)(rows),
      Buffer.from('],"classes":['),
      classLines(ids.length === 0 ? [] : bytesOf(classes)),
      Buffer.from(last ? `],"after":"${idAt(last, 0)}"}` : '],"after":null}'),
    ]),
  }
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

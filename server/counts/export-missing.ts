import { holderOf } from '#server/duties'
import { type Actor, audit, type Services, type Statement } from '#server/platform'
import type { WrittenCell } from '#server/platform/spreadsheets'
import { missingStatement } from './list-missing.ts'
import { type MissingGroup, type Opened, ownerPost } from './open-names.ts'

const studentsAtOnce = 2_000

interface NameRow {
  readonly name: string
  readonly number: string | null
  readonly className: string
  readonly schoolName: string
  readonly ownerName: string | null
}

/** Who is missing as it stands now, with the export put on file in the same transaction. */
const findMissing = (services: Services, actor: Actor, opened: Opened): Promise<readonly MissingGroup[]> =>
  services.door.asActor(actor, async (db) => {
    const groups = await db.rows<MissingGroup>(missingStatement(opened))
    await audit(db, {
      actorId: actor.personId,
      action: 'counts.export-missing',
      outcome: 'exported',
      scope: opened.scene.unit.path,
      subject: opened.scene.unit.id,
      detail: { coverage: opened.view.number, total: groups.reduce((sum, { ids }) => sum + ids.length, 0) },
    })
    return groups
  })

// Whole classes together, so that the owner of a class is asked once and names are in order within it.
function* blocksOf(groups: readonly MissingGroup[]): Generator<readonly MissingGroup[]> {
  let block: MissingGroup[] = []
  let many = 0
  for (const group of groups) {
    block.push(group)
    many += group.ids.length
    if (many < studentsAtOnce) continue
    yield block
    block = []
    many = 0
  }
  if (block.length > 0) yield block
}

const namesStatement = ({ scene, view }: Opened, block: readonly MissingGroup[]): Statement => {
  const students = block.flatMap(({ schoolId, scope, ids }) => ids.map((id) => ({ schoolId, scope, id })))
  const post = ownerPost(view)
  const perClass = post !== 'mentor'
  return {
    text: `with place as materialized (
        select scope, ${perClass ? holderOf(post, 'p', '$1::date') : 'null::text'} as owner from unnest($2::text[]) p(scope))
      select s.name, s.number, k.name as "className", u.name as "schoolName",
        ${perClass ? 'p.owner' : holderOf(post, 't', '$1::date')} as "ownerName"
      from unnest($3::uuid[], $4::uuid[], $5::text[]) t(school_id, student_id, scope)
        join students s on s.school_id = t.school_id and s.id = t.student_id
        join units k on k.id = s.class_id join units u on u.id = s.school_id
        left join place p on p.scope = t.scope
      order by s.scope, s.name_order, s.id`,
    values: [
      scene.on,
      block.map(({ scope }) => scope),
      students.map(({ schoolId }) => schoolId),
      students.map(({ id }) => id),
      students.map(({ scope }) => scope),
    ],
  }
}

/**
 * The students missing from a coverage as rows of a workbook: who they are is read once, their names in blocks as the
 * writer takes them, each through the row policies. No transaction stays open while somebody's line is slow.
 */
export async function* missingStudentRows(
  services: Services,
  actor: Actor,
  opened: Opened,
): AsyncGenerator<WrittenCell[]> {
  let line = 0
  for (const block of blocksOf(await findMissing(services, actor, opened))) {
    const rows = await services.door.readAsActor<NameRow>(actor, namesStatement(opened, block))
    for (const row of rows) yield [++line, row.schoolName, row.className, row.name, row.number, row.ownerName]
  }
}

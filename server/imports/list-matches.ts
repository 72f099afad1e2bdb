import { fieldOf } from '#contract/imports'
import type { Actor } from '#server/platform'
import { mustFind } from './get-import.ts'
import type { Importing } from './importing.ts'
import { maskNumbers } from './mask-numbers.ts'
import { rowPlace } from './row-place.ts'
import { openSealedRows } from './sealed-rows.ts'

const mostRows = 200

interface MatchRow {
  readonly row: number
  readonly block: number
  readonly candidates: readonly {
    readonly studentId: string
    readonly schoolId: string
    readonly name: string
    readonly className: string
    readonly schoolName: string
    readonly score: number
    readonly reasons: string[]
  }[]
}

/** Rows of a list with the students they may mean, best first, with score and reasons. [X7] */
export const listMatches = async (importing: Importing, actor: Actor, importId: string, verdict: string) => {
  const { services } = importing
  const found = await mustFind(importing, actor, importId)
  const { rows, sealedOf } = await services.door.asActor(actor, async (db) => {
    const rows = await db.rows<MatchRow>({
      text: `select r.row, r.block, jsonb_agg(jsonb_build_object('studentId', m.student_id, 'schoolId', m.school_id, 'name', st.name,
        'className', class.name, 'schoolName', school.name, 'score', m.score, 'reasons', to_jsonb(m.reasons)) order by m.score desc) as candidates
      from import_matches m join import_rows r on r.import_id = m.import_id and r.row = m.row
        join students st on st.school_id = m.school_id and st.id = m.student_id
        join units class on class.id = st.class_id join units school on school.id = st.school_id
      where m.import_id = $1 and m.verdict = $2
        and ($2 <> 'doubtful' or r.outcome = 6)
      group by r.row, r.block order by r.row limit ${mostRows}`,
      values: [importId, verdict],
    })
    return { rows, sealedOf: await openSealedRows(db, services.secrets, importId, rows) }
  })
  const columns = found.mapping?.columns ?? []
  return {
    matches: rows.map(({ row, candidates }) => {
      const { cells } = sealedOf(row)
      const listed = columns
        .map(({ heading, field }, index) => ({
          label: heading || (field === 'score' ? '成绩' : fieldOf(field).label),
          value: maskNumbers(cells[index]?.trim() ?? '', field),
        }))
        .filter(({ value }) => value !== '')
      return { row, place: rowPlace(found, row), listed, candidates: [...candidates] }
    }),
  }
}

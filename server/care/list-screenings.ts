import type { listScreenings as declared } from '#contract/care'
import type { AnswerOf } from '#contract/platform'
import { facts } from '#contract/students'
import type { Engine } from '#server/flows'
import { unitOrder } from '#server/organisations'
import type { Actor } from '#server/platform'
import { getListedUnit } from './kept-unit.ts'
import { type AskedFact, roundStatement, type ScreeningRound } from './screening-round.ts'

type Answer = AnswerOf<typeof declared>
type Line = Answer['rounds'][number]['lines'][number]

const pathsOver = (path: string): string[] =>
  path
    .split('.')
    .slice(0, -1)
    .map((_, at, steps) => `${steps.slice(0, at + 1).join('.')}.`)

// The unit directly below the one asked for under which a student stands; a class is its own.
const below = `case when s.scope = $1::text then s.scope else $1::text || split_part(substr(s.scope, length($1::text) + 1), '.', 1) || '.' end`
const sitting = `s.scope ^@ $1::text and s.status = 1 and s.class_id is not null`

// All rounds of a unit concern the same students: who there is is counted once, who was asked once for each round.
const linesText = `
  with held as (select ${below} as at, count(*)::int as students from students s where ${sitting} group by 1),
    asked as (
      select a.round_id, ${below} as at, count(*)::int as answered
      from screening_answers a join students s on s.school_id = a.school_id and s.id = a.student_id
      where a.round_id = any($2::uuid[]) and ${sitting} group by 1, 2)
  select r.id as "roundId", k.id as "unitId", k.name, k.kind = 'class' as "isClass", h.students, coalesce(d.answered, 0) as answered
  from unnest($2::uuid[]) as r (id) cross join units k join held h on h.at = k.path
    left join asked d on d.round_id = r.id and d.at = k.path
  where k.parent_id = $3 or k.id = $3 and k.kind = 'class'
  order by ${unitOrder('k')}`

const itemOf = (fact: AskedFact): Answer['rounds'][number]['items'][number] => ({
  fact,
  label: facts[fact].label,
  codes: Object.entries('codes' in facts[fact] ? (facts[fact].codes ?? {}) : {}).map(([code, label]) => ({
    code: Number(code),
    label: String(label),
  })),
})

/** Rounds that concern a unit, with the units directly below it (a class: itself) and how far each is. [X2 G26] */
export const listScreenings = ({ services }: Engine, actor: Actor, unitId: string): Promise<Answer> =>
  services.door.asActor(actor, async (db, me) => {
    const { path, name } = await getListedUnit(db, unitId)
    const rounds = await db.rows<ScreeningRound>(roundStatement(null, pathsOver(path), null))
    const ids = rounds.map(({ id }) => id)
    const isFamily = Boolean(me.settings.family)
    const lines =
      isFamily || ids.length === 0
        ? []
        : await db.rows<Line & { readonly roundId: string }>({ text: linesText, values: [path, ids, unitId] })
    const today = services.today()
    return {
      unitName: name,
      rounds: rounds.map(({ path: _, items, ...told }) => ({
        ...told,
        open: told.fromDate <= today && today <= told.untilDate,
        items: items.map(itemOf),
        lines: lines.filter(({ roundId }) => roundId === told.id).map(({ roundId: __, ...line }) => line),
      })),
    }
  })

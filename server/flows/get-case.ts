import { type getCase as declared, draftMove, type Flow, stateOf } from '#contract/flows'
import { postLabel } from '#contract/people'
import { type AnswerOf, notFound, type ParamsOf } from '#contract/platform'
import { type Actor, audit, type Db, domainsOver, sql } from '#server/platform'
import { readContent } from './content.ts'
import { asParticipant, desksOf, pathOfDesk, postOfDesk } from './desks.ts'
import type { Engine } from './engine.ts'
import { fieldsAsked } from './fields-asked.ts'
import { findCases } from './find-case.ts'
import { metNeeds } from './met-needs.ts'
import { isLate } from './move-case.ts'
import { movesOffered } from './moves-offered.ts'
import type { Case, Filled, Procedure } from './procedure.ts'
import { rolesOver } from './roles-over.ts'
import { stepWords } from './step-words.ts'

type Answer = AnswerOf<typeof declared>

interface Named {
  readonly studentName: string | null
  readonly className: string | null
  readonly schoolName: string
}

const readNames = async (db: Db, standing: Case): Promise<Named> => {
  const named = await db.first<Named>(sql`select u.name as "schoolName", s.name as "studentName", k.name as "className"
    from units u left join students s on s.school_id = ${standing.schoolId} and s.id = ${standing.studentId}
      left join units k on k.id = s.class_id
    where u.id = ${standing.schoolId}`)
  return named ?? { studentName: null, className: null, schoolName: '' }
}

interface StepRow {
  readonly number: number
  readonly move: string
  readonly by: string
  readonly onBehalfOf: string | null
  readonly at: string
  readonly from: string
  readonly sealed: Buffer | null
  readonly coded: Filled
  readonly fields: Buffer | null
  readonly late: boolean
}

interface Past {
  readonly steps: Answer['steps']
  readonly moves: readonly string[]
}

const readSteps = async (
  db: Db,
  engine: Engine,
  procedure: Procedure,
  flow: Flow,
  { schoolId, id }: Case,
): Promise<Past> => {
  const rows = await db.rows<StepRow>(sql`select number, move, actor_name as by, acting_for_name as "onBehalfOf", at,
      reason_cipher as sealed, late, from_state as "from", coded, fields_cipher as fields
    from flow_steps where school_id = ${schoolId} and case_id = ${id} order by number`)
  const { secrets } = engine.services
  const steps = rows.map(({ sealed, move, from, coded, fields, ...step }) => ({
    ...step,
    label: flow.moves.find((one) => one.id === move)?.label ?? move,
    reason: sealed ? secrets.open(sealed) : null,
    filled: stepWords(procedure, flow, {
      move,
      from,
      filled: { ...coded, ...(fields ? (JSON.parse(secrets.open(fields)) as Filled) : {}) },
    }),
  }))
  return { steps, moves: rows.map(({ move }) => move) }
}

const readFiles = (db: Db, { schoolId, id }: Case, author: string | null): Promise<Answer['files']> =>
  db.rows(sql`select id, purpose, media_type as "mediaType", author_name as by, at
    from flow_files where school_id = ${schoolId} and case_id = ${id} and (${author}::uuid is null or author_id = ${author})
    order by at, id`)

// Who sits at the desks now, by post and name; a desk nobody sits at says so.
const readWaitingFor = async (db: Db, standing: Case, today: string): Promise<string[]> => {
  const wanted = standing.desks.map((desk) => ({ path: pathOfDesk(desk), post: postOfDesk(desk) }))
  const rows = await db.rows<{
    post: string
    names: string | null
  }>(sql`select w.post, (select string_agg(distinct p.name, '、')
      from units v cross join lateral (select v.id union all select o.id from units o where o.parent_id = v.id and o.kind = 'office') h (id)
        join appointments a on a.unit_id = h.id and a.post = w.post and a.from_date <= ${today}::date
          and (a.until_date is null or a.until_date > ${today}::date)
        join people p on p.id = a.person_id
      where v.path = w.path and p.id <> all(${standing.excluded}::uuid[])) as names
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w (path text, post text)`)
  return rows.map(({ post, names }) => `${postLabel(post)} ${names ?? '(无人负责)'}`)
}

const within = ['assigned', 'panel-member', 'panel-chair']

/**
 * Whether a person knows the case only because they asked, or by kinship: they read where it stands, not its papers. So
 * does a colleague who asked but whose post does not see the domain of the case. [G3]
 */
const isOutside = (roles: readonly string[], me: Actor, standing: Case): boolean => {
  // Families see much of their own child, but not how a request is judged; a parent on a panel gets the neutral sheet.
  if (me.settings.family) return true
  return (
    !standing.desks.some((desk) => desksOf(me).includes(desk)) &&
    !roles.some((role) => within.includes(role)) &&
    !domainsOver(me, standing.scope, standing.studentId ?? '').has(standing.secrecy)
  )
}

const asks = ['applicant', 'guardian', 'student']

// Why it was returned or refused is told to who asked; every other reason stays with the office.
const toldWhyOf = (flow: Flow, steps: Answer['steps'], moves: readonly string[]): string | null => {
  const last = moves.findLastIndex((id) => flow.moves.some((move) => move.id === id && move.tellsReason))
  return last < 0 ? null : (steps[last]?.reason ?? null)
}

/**
 * One case for somebody it exists for: where it stands, who acts next, what they may do, how it came here. The family and
 * the applicant read where it stands in plain words, their own form and nothing of the deliberation. [G3 C13]
 * Refuses `platform.not-found`.
 */
export const getCase = async (
  engine: Engine,
  actor: Actor,
  { schoolId, caseId }: ParamsOf<typeof declared>,
): Promise<Answer> => {
  const { me, standing, names } = await asParticipant(engine.services.door, actor, async (db, person) => {
    const [found] = await findCases(db, schoolId, [caseId])
    if (!found) throw notFound()
    await db.change(
      sql`update flow_tasks set read_at = ${engine.now()} where school_id = ${schoolId} and case_id = ${caseId} and box = 2 and read_at is null`,
    )
    await audit(db, {
      actorId: person.personId,
      action: 'flows.get-case',
      outcome: 'read',
      scope: found.scope,
      schoolId,
      subject: caseId,
    })
    return { me: person, standing: found, names: await readNames(db, found) }
  })
  const procedure = engine.procedureOf(standing.flow)
  const { flow } = engine.ruledAt(procedure, standing.place)
  const state = stateOf(flow, standing.state)
  const roles = rolesOver(flow, me, standing, engine.relationsOver)
  const outside = isOutside(roles, me, standing)
  return engine.services.door.asJob('importer', async (db) => {
    const content = await readContent(db, engine.services.secrets, schoolId, caseId)
    const met = await metNeeds(db, engine, procedure, flow, standing, content)
    const late = isLate(engine, standing)
    const past = await readSteps(db, engine, procedure, flow, standing)
    const own = roles.some((role) => asks.includes(role))
    // Whoever is on duty or stands in goes there: they are told who it is, though they see nothing else of the student.
    const named = names.studentName === null && roles.includes('assigned') ? await readNames(db, standing) : names
    return {
      flow: flow.id,
      title: flow.neutralLabel,
      label: outside ? flow.neutralLabel : flow.label,
      // No way to a file that is not theirs to open.
      studentId: named === names ? standing.studentId : null,
      ...named,
      state: standing.state,
      stateLabel: outside ? (state?.told ?? '') : (state?.label ?? standing.state),
      told: state?.told ?? '',
      toldWhy: toldWhyOf(flow, past.steps, past.moves),
      final: state?.final === true,
      version: standing.version,
      openedAt: standing.openedAt.toISOString(),
      dueAt: standing.dueAt?.toISOString() ?? null,
      overdue: late,
      neverPublished: flow.publication === 'never',
      waitingFor: outside ? [] : await readWaitingFor(db, standing, engine.services.today()),
      form: fieldsAsked(flow.form),
      content: outside && !own ? {} : { ...content },
      outcome: outside ? {} : { ...standing.payload },
      files: await readFiles(db, standing, outside ? me.personId : null),
      moves: movesOffered(flow, {
        state: standing.state,
        roles,
        met,
        late,
        known: standing.studentId !== null,
      }).filter(({ id }) => id !== draftMove),
      steps: outside ? [] : past.steps,
    }
  })
}

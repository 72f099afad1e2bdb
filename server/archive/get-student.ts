import { isPermitted, type Permission, postLabel } from '#contract/people'
import { type AnswerOf, notFound, type ParamsOf } from '#contract/platform'
import { showValue } from '#contract/policies'
import { levelLabels } from '#contract/recognition'
import { facts as dictionary, type FactId, type getStudent, secrecyDomains } from '#contract/students'
import { dutiesOfStudent, type Plans } from '#server/duties'
import { type Actor, domainsOver, type Services } from '#server/platform'
import type { Registry } from '#server/policies'
import { wayOf } from '#server/records'
import { sourceFinder, toldFacts } from './sources-of-facts.ts'
import {
  type FileRow,
  readableDomains,
  studentFileStatements,
  type TimelineRow,
  wideRowsOf,
} from './student-file-statement.ts'

type Answer = AnswerOf<typeof getStudent>

const actsOnFile: readonly Permission[] = [
  'students.reveal',
  'students.set-contact',
  'students.bar-staff',
  'records.add-record',
  'recognition.recognise',
  'recognition.adjust',
  'recognition.decide-key-listing',
  'mentoring.pair',
  'mentoring.end-pairing',
]

const factsShown = (row: FileRow): Answer['facts'] => {
  const wide = wideRowsOf(row)
  const sourceOf = sourceFinder(toldFacts(row.sources ?? [], wide), row.lists ?? [])
  return readableDomains.flatMap((domain, at) => {
    const values = (wide[at]?.row ?? {}) as Record<string, boolean | number | string | null>
    return Object.entries(values).flatMap(([fact, value]) => {
      if (value === null) return []
      const from = sourceOf(fact)
      const source = from ? { label: from.source, asOf: from.asOf ?? '' } : null
      return [
        {
          fact,
          label: dictionary[fact as FactId].label,
          value: showValue(fact as FactId, value),
          domain: secrecyDomains[domain].label,
          source,
        },
      ]
    })
  })
}

const studentOf = (row: FileRow, seesFamily: boolean): Answer['student'] => ({
  schoolId: row.schoolId,
  id: row.id,
  name: row.name,
  number: row.number,
  sex: row.sex,
  grade: row.grade,
  classId: row.classId,
  className: row.className,
  schoolName: row.schoolName,
  lastVisit: row.lastVisit,
  birthDate: row.birthDate,
  stage: row.stage,
  status: row.status,
  enteredOn: row.enteredOn,
  homeTown: row.homeTown,
  hasIdentity: row.hasIdentity,
  ...(seesFamily ? { level: (row.fact_hardship_level ?? null) as number | null } : {}),
})

const householdOf = ({ town, headName, siblings }: FileRow): Answer['household'] => ({
  town,
  headName,
  siblings: (siblings ?? []) as NonNullable<Answer['household']>['siblings'],
})

// In words, and the closest first: a mentor's pair tells more than a post over the whole county.
const relationOf = (actor: Actor, row: FileRow, mentors: readonly { personId: string }[]): string => {
  if (mentors.some((mentor) => mentor.personId === actor.personId)) return '您是这名学生的导师'
  const held = actor.posts
    .filter((post) => row.scope.startsWith(post.unitPath))
    .sort((a, b) => b.unitPath.length - a.unitPath.length)[0]
  return held ? `您是${held.unitName}的${postLabel(held.post)}` : '您为这名学生做过记录'
}

// An instant as JSON has it: `2025-11-10 08:00:00+08` becomes `2025-11-10T08:00:00+08:00`.
const instantOf = (text: string): string => {
  const sign = text.at(-3)
  return `${text.slice(0, 10)}T${text.slice(11)}${sign === '+' || sign === '-' ? ':00' : ''}`
}

const timelineOf = (rows: readonly TimelineRow[], inForce: ReturnType<Registry['inForce']>): Answer['timeline'] =>
  rows.map((entry) => {
    const kind = inForce.rules.records.find((one) => one.number === entry.kind)
    return {
      id: entry.id,
      kind: entry.kind,
      kindLabel: kind?.label ?? '记录',
      actDate: entry.act_date,
      recordedAt: instantOf(entry.recorded_at),
      authorName: entry.author_name,
      mode: entry.mode,
      modeLabel: wayOf(kind, entry.mode),
      coded: entry.coded,
      reviewed: entry.reviewed,
      superseded: entry.superseded,
      attachments: entry.attachments,
      subjects: entry.subjects,
    }
  })

/**
 * The file of one student with only the parts this person may see. One message; what is due is derived from the
 * classes, the rules in force at the school and what was done. Not found and not yours are the same answer. [C15 T1 C16]
 */
export const readStudentFile = async (
  services: Services,
  registry: Registry,
  plans: Plans,
  actor: Actor,
  params: ParamsOf<typeof getStudent>,
): Promise<Answer> => {
  const today = services.today()
  const [found, timeline] = await services.door.readAllAsActor(actor, (current) =>
    studentFileStatements(current, params.schoolId, params.studentId, today),
  )
  const [row] = found as FileRow[]
  if (!row) throw notFound()
  const inForce = registry.inForce(row.school_path, today)
  const visible = domainsOver(actor, row.scope, params.studentId)
  const seesFamily = visible.has(secrecyDomains.family.code)
  const mentors = (row.mentors ?? []) as NonNullable<Answer['mentors']>
  const acting = mentors.filter(({ fromDate }) => fromDate <= today).map(({ name }) => name)
  return {
    student: studentOf(row, seesFamily),
    relation: relationOf(actor, row, mentors),
    facts: factsShown(row),
    classes: row.classes ?? [],
    duties: await dutiesOfStudent(services, plans, actor, {
      schoolPath: row.school_path,
      schoolId: params.schoolId,
      studentId: params.studentId,
      hasEvents: row.has_events,
      holders: { ...row.holders, ...(acting.length > 0 && { mentor: acting.join('、') }) },
      classes: (row.classes ?? []).map((one) => one.key),
      progress: (row.progress ?? []).map(([rule, period, done, met]) => ({ rule, period, done, met })),
      today,
    }),
    mentors: row.mentors === null && !visible.has(secrecyDomains.protection.code) ? null : mentors,
    contacts: seesFamily ? ((row.contacts ?? []) as NonNullable<Answer['contacts']>) : null,
    household: row.has_household ? householdOf(row) : null,
    recognition: row.recognition
      ? ({ ...row.recognition, levelLabel: levelLabels[row.recognition.level] } as Answer['recognition'])
      : null,
    timeline: timelineOf(timeline as TimelineRow[], inForce),
    may: actsOnFile.filter((permission) => isPermitted(permission, actor.posts, row.scope)),
  }
}

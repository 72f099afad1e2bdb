import { uuidv7 } from 'uuidv7'
import {
  type ClassName,
  describeIdentity,
  type ListKindId,
  listPersonOf,
  nameKey,
  type RowReading,
  type RowValues,
  type Score,
  type VisitMode,
} from '#contract/imports'
import type { Secrets } from '#server/platform'
import { initialsOf } from '../initials-of.ts'
import type { StagedRow } from '../staged-row.ts'
import { factsOf } from './facts-of.ts'
import { guardianIds, type NewIds, openNewIds } from './new-ids.ts'
import { type PlaceBook, standingOf } from './place-book.ts'
import { postsOf } from './posts-of.ts'

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const sealedOf = (value: unknown, secrets: Secrets): Buffer | null =>
  typeof value === 'string' ? secrets.seal(value) : null

const person = (values: RowValues, secrets: Secrets): StagedRow => {
  const name = values.name as string
  const idNumber = textOf(values.id_number)
  const said = idNumber ? describeIdentity(idNumber) : undefined
  return {
    fresh_id: uuidv7(),
    name,
    name_key: nameKey(name),
    id_digest: idNumber ? secrets.digest('identity', idNumber) : null,
    // what the number says fills a blank cell; where both speak and differ, the cell stays as written and is reported
    sex: (values.sex as number | undefined) ?? said?.sex,
    birth_date: textOf(values.birth_date) ?? said?.birthDate,
    town: textOf(values.township) ?? null,
  }
}

/** A roster's row in one piece of always the same form; it is made a hundred thousand times. */
const encodeStudent = (reading: RowReading, secrets: Secrets, places: PlaceBook, ids: NewIds): StagedRow => {
  const { values } = reading
  const name = values.name as string
  const idNumber = textOf(values.id_number)
  const said = idNumber ? describeIdentity(idNumber) : undefined
  const className = values.class_name as ClassName | undefined
  const head = textOf(values.household_head)
  const guardian = textOf(values.guardian1_name)
  const phone = textOf(values.guardian1_phone)
  const key = guardian ? nameKey(guardian) : null
  // the same name twice is one person
  const other = textOf(values.guardian2_name)
  const second = other && other !== guardian ? other : undefined
  const { stage, grade } = standingOf(values)
  const facts = factsOf('roster', reading)
  const trace = secrets.digest('roster-row', reading.said)
  const place = places.numberOf(values)
  const [first, last] = guardianIds(trace)
  return {
    row: 0,
    outcome: 0,
    fresh_id: ids.student(places.orderOf(place), trace),
    place,
    name,
    name_key: nameKey(name),
    initials: initialsOf(name),
    id_digest: idNumber ? secrets.digest('identity', idNumber) : null,
    id_cipher: sealedOf(idNumber, secrets),
    // what the number says fills a blank cell; where both speak and differ, the cell stays as written and is reported
    sex: (values.sex as number | undefined) ?? said?.sex,
    birth_date: textOf(values.birth_date) ?? said?.birthDate,
    number: textOf(values.student_number),
    national_number: textOf(values.national_number),
    stage,
    grade,
    town: textOf(values.township),
    trace,
    entered_on: textOf(values.entered_on) ?? (className?.cohort ? `${className.cohort}-09-01` : null),
    household_id: key && phone ? secrets.digest('household', `${key}\n${phone}`).subarray(0, 16) : null,
    head_name: head,
    head_key: head ? nameKey(head) : null,
    address_cipher: sealedOf(values.address, secrets),
    guardian1_id: guardian ? first : null,
    guardian1_name: guardian,
    guardian1_key: key,
    guardian1_relation: guardian ? textOf(values.guardian1_relation) : null,
    guardian1_phone: guardian ? sealedOf(phone, secrets) : null,
    guardian2_id: second ? last : null,
    guardian2_name: second,
    guardian2_key: second ? nameKey(second) : null,
    guardian2_relation: null,
    guardian2_phone: second ? sealedOf(values.guardian2_phone, secrets) : null,
    boarding: facts.boarding,
    ethnicity: facts.ethnicity,
    left_behind: facts.left_behind,
    migrant_child: facts.migrant_child,
    single_parent: facts.single_parent,
    per_capita_income: facts.per_capita_income,
    household_size: facts.household_size,
    inclusive_class: facts.inclusive_class,
  }
}

const skillGap = /[、,,;;/\s]+/

const encodeStaff = (reading: RowReading, secrets: Secrets): StagedRow => {
  const { values } = reading
  const phone = textOf(values.phone)
  const skills = textOf(values.specialty)
    ?.split(skillGap)
    .filter((word) => word !== '')
  return {
    ...person(values, secrets),
    initials: initialsOf(values.name as string),
    number: textOf(values.staff_number),
    class_label: (values.class_in_charge as ClassName | undefined)?.label,
    detail: {
      posts: postsOf(textOf(values.post) ?? ''),
      subject: textOf(values.subject) ?? null,
      skills: skills ?? [],
      phone: phone ? secrets.seal(phone).toString('base64') : null,
    },
    trace: secrets.digest('staff-row', reading.said),
  }
}

const points = (score: Score | undefined): number | null => (score && 'points' in score ? score.points : null)
const failed = new Set(['不及格', '不合格', 'D', 'E'])

const scoresOf = (reading: RowReading) =>
  reading.scores.map(({ subject, score }) => ({
    subject,
    points: points(score),
    failed: 'grade' in score && failed.has(score.grade),
  }))

const modes: Readonly<Record<VisitMode, number>> = { 'on-site': 1, phone: 2, video: 3 }

const visitOf = (values: RowValues) => ({
  on: values.visited_on as string,
  mode: modes[(values.visit_mode as VisitMode | undefined) ?? 'on-site'],
  modeGiven: values.visit_mode !== undefined,
  visitors: (values.visitors as readonly string[] | undefined) ?? [],
})

const visitText = (values: RowValues): string =>
  JSON.stringify({
    ...(values.family_situation ? { household_note: values.family_situation } : {}),
    ...(values.difficulties ? { difficulties: values.difficulties } : {}),
    ...(values.parent_opinion ? { guardian_words: values.parent_opinion } : {}),
    ...(values.measures ? { measures: values.measures } : {}),
  })

const encodeListed = (kind: ListKindId, reading: RowReading, secrets: Secrets): StagedRow => {
  const { values } = reading
  const listed = listPersonOf(reading)
  const row: StagedRow = {
    ...person(values, secrets),
    number: textOf(values.student_number),
    national_number: textOf(values.national_number),
    class_label: listed?.className,
    school_name: textOf(values.school_name),
    town: listed?.township,
    elders: listed?.elders ?? [],
    ...standingOf(values),
    facts: factsOf(kind, reading),
  }
  if (kind === 'exam-results') row.detail = { scores: scoresOf(reading) }
  if (kind === 'home-visits') {
    row.detail = visitOf(values)
    row.text_cipher = secrets.seal(visitText(values))
    row.trace = secrets.digest('home-visit', JSON.stringify([visitOf(values), visitText(values)]))
  }
  return row
}

/** Turns readings of one list into staged rows: names keyed, numbers digested and sealed, facts by the dictionary. */
export const rowEncoder = (
  kind: ListKindId,
  secrets: Secrets,
  places: PlaceBook,
): ((reading: RowReading) => StagedRow) => {
  if (kind === 'staff')
    return (reading) => ({ ...encodeStaff(reading, secrets), place: places.numberOf(reading.values) })
  if (kind !== 'roster') return (reading) => encodeListed(kind, reading, secrets)
  const ids = openNewIds()
  return (reading) => encodeStudent(reading, secrets, places, ids)
}

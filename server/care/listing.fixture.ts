import { uuidv7 } from 'uuidv7'
import { expect } from 'vitest'
import { castVote, closePanel, convenePanel, markPresence, moveCase, openCase } from '#contract/flows'
import type { Child, Someone, World } from '../test-world.ts'

/** What a teacher asks for. */
export const content = { facts: '父母长期在外,近两周常独自哭泣', care: '每周谈心一次' }
/** What a principal confirms. */
export const confirmation = { concerns: [1, 6], care: '心理老师每周谈心,导师每月家访', owner: 2, keeper: '林老师' }

/** Adopts the pack of Shaanxi over the county instead of the papers of Jiangsu. */
export const underShaanxi = async (world: World): Promise<void> => {
  await world.owner.query(`delete from pack_adoptions where issuer in ('jiangsu', 'taizhou')`)
  await world.owner.query(
    `insert into pack_adoptions (id, unit_id, unit_path, issuer, version, from_date) values ($1, $2, $3, 'shaanxi', '1.0.0', '2020-09-01')`,
    [uuidv7(), world.units.province.id, world.units.province.path],
  )
  await world.program.registry.refresh()
}

/** Who acts at the first school, and three who sit. */
export interface Cast {
  readonly teacher: Someone
  readonly otherTeacher: Someone
  readonly officer: Someone
  readonly principal: Someone
  readonly county: Someone
  readonly members: readonly Someone[]
}

/** One person for each. */
export const castOf = async (world: World): Promise<Cast> => ({
  teacher: await world.someone('class-teacher', world.units.classA1),
  otherTeacher: await world.someone('class-teacher', world.units.classA2),
  officer: await world.someone('school-aid-officer', world.units.schoolA),
  principal: await world.someone('principal', world.units.schoolA),
  county: await world.someone('county-aid-officer', world.units.county),
  members: [
    await world.someone('leader-in-charge', world.units.schoolA, '李主任'),
    await world.someone('psychology-teacher', world.units.schoolA, '赵老师'),
    await world.someone('teacher', world.units.schoolA, '孙老师'),
  ],
})

/** A seat for each, the first in the chair. */
export const seatsOf = (members: readonly Someone[]) =>
  members.map(({ personId, name }, at) => ({
    seat: uuidv7(),
    personId,
    name,
    side: at === 0 ? ('leader' as const) : ('teacher' as const),
    chair: at === 0,
  }))

/** Asking, moving on, sitting, and what stands in the tables. */
export const actsIn = (world: World) => {
  const open = async (who: Someone, child: Child) => {
    const id = uuidv7()
    const answered = await world.call(who, openCase, {
      params: { schoolId: child.schoolId },
      body: { id, flow: 'care-listing', move: 'request', stepId: uuidv7(), studentId: child.id, content },
    })
    return { id, answered }
  }
  const move = (who: Someone, child: Child, caseId: string, id: string, version: number, more: object = {}) =>
    world.call(who, moveCase, {
      params: { schoolId: child.schoolId, caseId },
      body: { stepId: uuidv7(), move: id, version, reason: '情况属实', ...more },
    })
  // A whole sitting over all that waits at the school: presence, one ballot each, minutes. Others are judged with 2.
  const sit = async ({ officer, members }: Cast, state: string, choices: Readonly<Record<string, number>>) => {
    const id = uuidv7()
    const waiting = await world.owner.query<{ id: string }>(
      `select id from flow_cases where flow = 'care-listing' and state = $1 and panel_id is null`,
      [state],
    )
    const seats = seatsOf(members)
    const made = await world.call(officer, convenePanel, {
      body: { id, flow: 'care-listing', state, unitId: world.units.schoolA.id, members: seats },
    })
    expect(made.body.refusal).toBeUndefined()
    const params = { panelId: id }
    await world.call(officer, markPresence, { params, body: { present: seats.map(({ seat }) => seat) } })
    for (const [at, who] of members.entries())
      for (const { id: caseId } of waiting.rows) {
        const ballot = { seat: seats[at]?.seat ?? '', choice: choices[caseId] ?? 2 }
        const cast = await world.call(who, castVote, { params: { ...params, caseId }, body: ballot })
        expect(cast.body.refusal).toBeUndefined()
      }
    const closed = await world.call(members[0] as Someone, closePanel, {
      params,
      body: { minutes: '逐件评议,一致同意' },
    })
    expect(closed.body.refusal).toBeUndefined()
  }
  const listed = async (child: Child) =>
    (
      await world.owner.query(
        `select until_date, difficulties, care_text_cipher is not null as care, owner from key_listings where student_id = $1 order by confirmed_at`,
        [child.id],
      )
    ).rows
  const fact = async (child: Child) =>
    (await world.owner.query(`select key_student from facts_protection where student_id = $1`, [child.id])).rows[0]
      ?.key_student
  return { open, move, sit, listed, fact }
}

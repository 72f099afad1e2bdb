import { uuidv7 } from 'uuidv7'
import { attachToCase, type Flow, type Move } from '#contract/flows'
import { addGuardian } from '../test-family.ts'
import type { Child, Someone, World } from '../test-world.ts'
import { fillSample } from './fill-sample.ts'

export interface Cast {
  readonly everybody: readonly Someone[]
  /** What each of them is, in the same order. */
  readonly roles: readonly string[]
  /** A child whose guardian is among them. */
  readonly child: Child
  /** The request of a flow, filled in so that it can be asked for here. */
  readonly requestFor: (flow: Flow) => ReturnType<typeof fillSample>
}

/**
 * Who tries what in random sequences: posts of every level, somebody of another school, a guardian. `lineOf` reads the
 * line that is announced at the first school.
 */
export const castOf = async (world: World, lineOf: (who: Someone) => Promise<string>): Promise<Cast> => {
  const { schoolA, schoolB, classA1, county } = world.units
  const child = world.children.a1[0] as Child
  const places = [
    ['class-teacher', classA1],
    ['school-aid-officer', schoolA],
    ['principal', schoolA],
    ['leader-in-charge', schoolA],
    ['psychology-teacher', schoolA],
    ['county-aid-officer', county],
    ['county-leader', county],
    ['counsellor', classA1],
    ['school-aid-officer', schoolB],
  ] as const
  const staff: Someone[] = []
  for (const [post, unit] of places) staff.push(await world.someone(post, unit))
  await announceSomething(world)
  const line = await lineOf(staff[2] as Someone)
  const requestFor = ({ id, form }: Flow) => ({
    ...fillSample(form),
    ...(id === 'recognition-objection' && { line }),
    ...(id === 'hand-over' && { department: 1, until: '2025-12-01' }),
  })
  return {
    everybody: [...staff, await addGuardian(world, child)],
    roles: [...places.map(([post]) => post), 'guardian'],
    child,
    requestFor,
  }
}

// A year's round is on, and one line is announced for ever, so that applications and objections begin too.
const announceSomething = async (world: World): Promise<void> => {
  const [child] = world.children.a2
  const { province } = world.units
  if (!child) throw new Error('nobody to announce')
  await world.owner.query(
    `insert into recognition_rounds (id, unit_id, unit_path, school_year, term, notice_on, opens_on, closes_on, notice, opened_by, opened_by_name)
     values ($1, $2, $3, 2025, 1, '2025-11-10', '2025-11-14', '2025-12-14', '学年申请', $1, '省')`,
    [uuidv7(), province.id, province.path],
  )
  await world.owner.query(
    `insert into flow_cases (school_id, id, flow, student_id, scope, secrecy, state, opened_by, applicant_id, place, due_at, payload)
     values ($1, $2, 'recognition-round', $3, $4, 2, 'announcement', $2, $2, $4, '2199-01-01', '{"level": 21}')`,
    [child.schoolId, uuidv7(), child.id, child.scope],
  )
}

// Values that stand for something here: another school, a class of it.
const named: Readonly<Record<string, string | number>> = {
  to_school: '柳堡初级中学',
  to_class: '2024级1班',
  entered_on: '2025-11-20',
  level: 21,
}

/** The fields of a move, filled in. */
export const fieldsFor = ({ fields = [] }: Pick<Move, 'fields'>): ReturnType<typeof fillSample> => {
  const asked = Object.entries(named).filter(([name]) => fields.some(({ id }) => id === name))
  return { ...fillSample(fields), ...Object.fromEntries(asked) }
}

const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(600, 7)])

/** Signs a request, where whoever began it may. */
export const sign = async (world: World, who: Someone, schoolId: string, caseId: string): Promise<void> => {
  const params = { schoolId, caseId, fileId: uuidv7() }
  const { status } = await world.call(who, attachToCase, { params, query: { purpose: 'signature' }, body: png })
  if (status === 500) throw new Error('a signature made the server fail')
}

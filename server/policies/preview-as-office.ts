import { rangeOf } from '#contract/organisations'
import { postLabel } from '#contract/people'
import { Refusal } from '#contract/platform'
import type { PreviewWish } from '#contract/policies'
import { type Services, sql } from '#server/platform'
import { adoptionOf } from './adopt-pack.ts'
import { groupAlike, membersNow, previewClasses } from './preview-classes.ts'
import type { Registry } from './registry.ts'

/** One class or one post's duty, in figures. */
export interface PreviewLine {
  readonly label: string
  readonly figures: string
}

/**
 * A preview for whoever runs the machine, from a shell: figures only, no name. The unit is found by its code or its
 * whole name. Read-only. Refuses a unit or version that is not there.
 */
export const previewFromShell = async (
  services: Pick<Services, 'door'>,
  registry: Registry,
  unitWord: string,
  wish: PreviewWish,
): Promise<{ readonly unit: string; readonly schools: number; readonly lines: readonly PreviewLine[] }> =>
  services.door.asJob('classifier', async (db) => {
    const units = await db.rows<{ id: string; path: string; name: string }>(
      sql`select id, path, name from units where (code = ${unitWord} or region_code = ${unitWord} or name = ${unitWord}) and closed_on is null limit 2`,
    )
    const [unit] = units
    if (!unit || units.length > 1)
      throw new Refusal(
        'policies.which-unit',
        unit ? `有几个单位叫“${unitWord}”,请写标识码。` : `没有找到单位“${unitWord}”。`,
      )
    const { lo, hi } = rangeOf(unit.path)
    const schools = await db.rows<{ id: string; path: string }>(
      sql`select id, path from units where school_id = id and closed_on is null
        and ((path >= ${lo} and path < ${hi}) or starts_with(${unit.path}, path))`,
    )
    const { adoption } = adoptionOf(registry, unit.path, wish)
    const asked = { schools, adoption, on: wish.from }
    const moves = await previewClasses(db, registry, asked)
    const groups = groupAlike(registry, asked)
    const lines = new Map<string, PreviewLine>()
    const load = new Map<string, { label: string; students: number }>()
    for (const { before, after, moved } of groups)
      for (const { number, ref } of moved) {
        const rule = [...after.rules.who, ...before.rules.who].find((one) => one.ref === ref)
        const own = moves.filter((move) => move.number === number)
        const sum = (side: 'enter' | 'leave' | 'unknown') => own.reduce((total, move) => total + move[side], 0)
        const figures = `进入 ${sum('enter')},离开 ${sum('leave')},变为情况不明 ${sum('unknown')}`
        lines.set(`class ${ref}`, { label: `类别“${rule?.label ?? ref}”`, figures })
      }
    for (const { before, after, schoolIds } of groups) {
      const fresh = after.rules.duties.filter((duty) => before.rules.duties.every(({ ref }) => ref !== duty.ref))
      for (const duty of fresh) {
        const number = after.classNumber(duty.for)
        const members = await membersNow(db, schoolIds, [number])
        const gained = moves.filter((move) => move.number === number && schoolIds.includes(move.schoolId))
        const total =
          members.reduce((sum, one) => sum + one.members, 0) +
          gained.reduce((sum, { enter, leave }) => sum + enter - leave, 0)
        // Schools under other rules add to the same duty.
        const label = `${postLabel(duty.by)}新增任务“${duty.label}”`
        load.set(duty.ref, { label, students: (load.get(duty.ref)?.students ?? 0) + total })
      }
    }
    const duties = [...load.values()].map(({ label, students }) => ({ label, figures: `${students} 名学生` }))
    return { unit: unit.name, schools: schools.length, lines: [...lines.values(), ...duties] }
  })

import pg from 'pg'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { signInOf } from './asking.ts'
import { choose } from './choose.ts'
import { desktop, openStage, type Stage } from './stage.ts'

/** The place of the demonstration that lives under the pack of Shaanxi: there the list is asked for, judged and filed. */
export const careSchool = '清河县城关小学'

export interface CareChild {
  readonly id: string
  readonly name: string
  readonly schoolId: string
  readonly classId: string
  readonly className: string
}

/** The people around one child of a school: a class teacher, an officer, a principal, a psychologist and the county. */
export interface CareCast {
  readonly stage: Stage
  readonly owner: pg.Client
  readonly child: CareChild
  readonly names: Readonly<Record<string, string>>
  readonly row: <Row extends object>(text: string, values?: unknown[]) => Promise<Row>
  /** Signs somebody in at a machine of their own; known by this word from then on. */
  readonly enter: (who: string, loginName: string, size?: { width: number; height: number }) => Promise<Page>
  readonly at: (who: string) => Page
  readonly go: (who: string, path: string) => Promise<unknown>
  readonly loginOf: (who: string) => Promise<string>
  readonly close: () => Promise<void>
}

/** Opens a stage with that cast before it; the child is one nobody asked for yet, whose name nobody else bears. */
export const openCare = async (): Promise<CareCast> => {
  const stage = await openStage({ demo: true })
  const owner = new pg.Client({ connectionString: stage.ownerUrl })
  await owner.connect()
  const pages: Record<string, Page> = {}
  const names: Record<string, string> = {}
  const row = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row> =>
    (await owner.query(text, values)).rows[0] as Row
  const enter: CareCast['enter'] = async (who, loginName, size = desktop) => {
    const page = await stage.visitor(size)
    await stage.signIn(page, loginName)
    pages[who] = page
    const { name } = await row<{ name: string }>(
      'select p.name from accounts a join people p on p.id = a.person_id where a.login_name = $1',
      [loginName],
    )
    names[who] = name
    return page
  }
  const child = await row<CareChild>(
    `select s.id, s.name, s.school_id as "schoolId", k.id as "classId", k.name as "className" from students s join units k on k.id = s.class_id
      join units o on o.id = s.school_id
     where o.name = $1 and s.status = 1 and k.name = '2023级1班'
       and (select count(*) from students t where t.name = s.name) = 1
       and not exists (select from flow_cases c where c.student_id = s.id)
       and not exists (select from key_listings l where l.student_id = s.id) order by s.id limit 1`,
    [careSchool],
  )
  const classTeacher = await row<{ name: string }>(
    `select p.name from appointments a join people p on p.id = a.person_id where a.unit_id = $1 and a.post = 'class-teacher'`,
    [child.classId],
  )
  const at = { unitName: careSchool }
  await enter('teacher', await signInOf(stage, { post: 'class-teacher', ...at, name: classTeacher.name }))
  await enter('officer', await signInOf(stage, { post: 'school-aid-officer', ...at }))
  await enter('principal', await signInOf(stage, { post: 'principal', ...at }))
  await enter('psychologist', await signInOf(stage, { post: 'psychology-teacher', ...at }))
  await enter('county', 'shaanxi')
  return {
    stage,
    owner,
    child,
    names,
    row,
    enter,
    at: (who) => pages[who] as Page,
    go: (who, path) => (pages[who] as Page).goto(stage.address + path),
    loginOf: async (who) =>
      (
        await row<{ login_name: string }>(
          'select a.login_name from accounts a join people p on p.id = a.person_id where p.name = $1',
          [names[who]],
        )
      ).login_name,
    close: async () => {
      await owner.end()
      await stage.close()
    },
  }
}

/** A panel of three is convened for what waits at the school, judges everything alike, and closes with minutes. */
export const sitOver = async (
  { at, go, stage, names, child }: CareCast,
  choice: string,
  minutes: string,
  look: (page: Page, name: string) => Promise<void> = async () => {},
): Promise<void> => {
  const page = at('officer')
  await go('officer', '/flows/panels')
  const convene = page.getByRole('button', { name: `为 ${careSchool} 组成评议组` }).first()
  await convene.waitFor()
  await look(page, 'panels')
  await convene.click()
  for (const [index, who] of ['principal', 'psychologist', 'officer'].entries())
    await choose(page, `第 ${index + 1} 位成员`, names[who] ?? '')
  await look(page, 'convene')
  await page.getByRole('dialog').getByRole('button', { name: '组成评议组' }).click()
  await page.waitForURL(/\/flows\/panels\/[0-9a-f-]{36}$/)
  const panel = new URL(page.url()).pathname
  await page.getByRole('button', { name: '都到了' }).click()
  await page.getByText('实到 3 人').waitFor()
  for (const who of ['officer', 'psychologist', 'principal']) {
    const member = at(who)
    await member.goto(stage.address + panel)
    await member.getByText(child.name).first().waitFor()
    if (who === 'psychologist') await look(member, 'vote')
    const ballots = member.locator('fieldset.ballot')
    await ballots.first().waitFor()
    for (let left = await ballots.count(); left > 0; left--) {
      await ballots.first().getByText(choice, { exact: true }).click()
      await ballots.first().getByRole('button', { name: '投票' }).click()
      await expect.poll(() => ballots.count()).toBe(left - 1)
    }
  }
  const chair = at('principal')
  await chair.reload()
  await chair.getByRole('textbox', { name: /纪要/ }).fill(minutes)
  await look(chair, 'close')
  await chair.getByRole('button', { name: '结束评议' }).click()
  await chair.getByText('纪要(已封存)').waitFor()
}

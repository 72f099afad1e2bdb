import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Door } from '#server/platform'
import { commitImport } from './commit-import.ts'
import { getImport } from './get-import.ts'
import type { Importing } from './importing.ts'
import { requestCommit } from './request-commit.ts'
import { importTasks } from './tasks.ts'
import {
  bytesOf,
  closeDesk,
  county,
  importing,
  officer,
  openDesk,
  preview,
  students,
  takeWaiting,
  upload,
  work,
} from './test-desk.ts'

beforeAll(openDesk, 120_000)
afterAll(() => closeDesk())

const pupils = 2274

/** The program with another way of settling or preparing the second half. */
const withBeside = (change: (beside: Door['beside']) => Partial<Door['beside']>): Importing => {
  const { door } = importing.services
  return {
    ...importing,
    services: { ...importing.services, door: { ...door, beside: { ...door.beside, ...change(door.beside) } } },
  }
}

const around = async (): Promise<Record<string, number>> => {
  const [row] = await county.rows<
    Record<string, number>
  >(`select (select count(*)::int from student_contacts) as contacts,
    (select count(identity_digest)::int from student_particulars) as numbers, (select count(household_id)::int from student_particulars) as homes,
    (select count(told_by)::int from facts_general) as told, (select count(told_by)::int from facts_family) as judged`)
  return row ?? {}
}

const ready = async (): Promise<string> => {
  const actor = await officer.actor()
  const importId = await upload(actor, bytesOf('01-学生基本信息表.xlsx'), '01.xlsx')
  await work()
  await preview(actor, importId)
  await requestCommit(importing, actor, importId)
  takeWaiting()
  return importId
}

const settle = (): Promise<unknown> =>
  Promise.resolve(importTasks(importing)['settle-imports']?.({}, { number: 1, last: true }))

test('[X7] cut off before its first half is committed, nothing of a roster stays, and it can be committed again', async () => {
  const importId = await ready()
  const cut = withBeside((beside) => ({
    prepare: async (...wishes) => {
      await beside.prepare(...wishes)
      throw new Error('cut off')
    },
  }))
  await expect(commitImport(cut, importId)).rejects.toThrow('cut off')
  expect(await importing.services.door.beside.waiting()).toEqual([`import ${importId}`])
  await settle()
  expect(await importing.services.door.beside.waiting()).toEqual([])
  expect(await students()).toBe(0)
  expect(await around()).toEqual({ contacts: 0, numbers: 0, homes: 0, told: 0, judged: 0 })
  expect((await getImport(importing, await officer.actor(), importId)).state).toBe('committing')
  await commitImport(importing, importId)
  expect(await students()).toBe(pupils)
  expect(await around()).toMatchObject({ homes: pupils, told: pupils })
})

test('[X7] cut off between the two halves, the second holds as soon as somebody looks', async () => {
  await county.world.owner.query(
    `truncate students, student_contacts, student_particulars, name_pieces, facts, facts_general, facts_family, facts_schooling, import_traces, classified, class_spells cascade`,
  )
  const importId = await ready()
  const cut = withBeside(() => ({
    settle: async () => {
      throw new Error('cut off')
    },
  }))
  await expect(commitImport(cut, importId)).rejects.toThrow('cut off')
  expect(await students()).toBe(pupils)
  // facts that rules read are there when classes are judged; others may follow
  expect(await around()).toMatchObject({ contacts: 0, numbers: 0, homes: 0, told: 0 })
  expect((await around()).judged).toBeGreaterThan(2000)
  await settle()
  expect(await importing.services.door.beside.waiting()).toEqual([])
  expect(await around()).toMatchObject({ homes: pupils, told: pupils })
  const again = await ready()
  expect((await getImport(importing, await officer.actor(), again)).counts).toMatchObject({ new: 0, changed: 0 })
})

test('[X7] a server that keeps nothing prepared takes a roster with one session', async () => {
  await county.world.owner.query(
    `truncate students, student_contacts, student_particulars, name_pieces, facts, facts_general, facts_family, facts_schooling, import_traces, classified, class_spells cascade`,
  )
  const importId = await ready()
  const plain = withBeside(() => ({
    isKept: async () => false,
    prepare: async () => {
      throw new Error('not here')
    },
  }))
  await commitImport(plain, importId)
  expect(await students()).toBe(pupils)
  expect(await around()).toMatchObject({ homes: pupils, told: pupils })
})

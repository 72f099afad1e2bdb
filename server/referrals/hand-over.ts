import type { Flow } from '#contract/flows'
import { Refusal } from '#contract/platform'
import { handOver } from '#contract/referrals'
import type { Begun, Opening, Procedure } from '#server/flows'
import type { Db } from '#server/platform'
import { readDepartments } from './departments.ts'

// The case lies at the department it goes to; who is asked there follows from the place.
const begin = async (db: Db, { schoolId, content, today }: Opening): Promise<Begun> => {
  const asked = content.department
  const found = (await readDepartments(db, schoolId, today)).find(({ number }) => number === asked)
  const wrong = (field: string, reason: string) =>
    new Refusal(`referrals.${field}`, `${reason}。`, 'invalid', [{ field, reason }])
  if (!found) throw wrong('department', '没有这个部门')
  if (!found.staffed) throw wrong('department', '这个部门现在没有人接收')
  if (String(content.until) <= today) throw wrong('until', '答复日期要晚于今天')
  return { place: found.path, payload: { department: found.name, until: String(content.until) } }
}

/** Hand-over to another department or partner. [Z3 C20 G28] */
export const handOverProcedure: Procedure = { flow: handOver as Flow, about: 'student', begin }

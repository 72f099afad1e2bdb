import { readWorkbook } from '../server/platform/spreadsheets/index.ts'
import { askAs, type Filling, type Reply } from './asking.ts'
import type { Stage } from './stage.ts'

// A workbook bears the moment it was packed; what it says is its cells.
const contentOf = async ({ body, bytes }: Reply): Promise<string> => {
  if (bytes.subarray(0, 2).toString() !== 'PK') return body
  const cells: string[] = []
  for await (const row of readWorkbook({ content: bytes, name: 'answer.xlsx' })) cells.push(JSON.stringify(row))
  return cells.join('\n')
}

/** What one person gets from every address that is asked without writing, by the endpoint's name: status, file name, bytes. */
export const allAnswers = async (
  stage: Stage,
  loginName: string,
  filling: Filling,
): Promise<ReadonlyMap<string, string>> => {
  const ask = await askAs(stage, loginName)
  const answers = new Map<string, string>()
  for (const { endpoint } of stage.program.served) {
    if (endpoint.method !== 'GET') continue
    const reply = await ask(endpoint, filling)
    answers.set(endpoint.name, `${reply.status} ${reply.fileName} ${await contentOf(reply)}`)
  }
  return answers
}

/** Endpoints that answered otherwise than before. */
export const differing = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] =>
  [...before].filter(([name, answer]) => after.get(name) !== answer).map(([name]) => name)

/** The same without what differs although nothing happened, such as the moment it is. */
export const steadyAnswers = async (
  stage: Stage,
  loginName: string,
  filling: Filling,
): Promise<ReadonlyMap<string, string>> => {
  const [first, second] = [await allAnswers(stage, loginName, filling), await allAnswers(stage, loginName, filling)]
  const moving = differing(first, second)
  return new Map([...first].filter(([name]) => !moving.includes(name)))
}

import { askAs, type Filling } from './asking.ts'
import type { Stage } from './stage.ts'

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
    const { status, body, fileName } = await ask(endpoint, filling)
    answers.set(endpoint.name, `${status} ${fileName} ${body}`)
  }
  return answers
}

/** Endpoints that answered otherwise than before. */
export const differing = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] =>
  [...before].filter(([name, answer]) => after.get(name) !== answer).map(([name]) => name)

/** The same without what differs although nothing happened: workbooks bear the moment they were written. */
export const steadyAnswers = async (
  stage: Stage,
  loginName: string,
  filling: Filling,
): Promise<ReadonlyMap<string, string>> => {
  const [first, second] = [await allAnswers(stage, loginName, filling), await allAnswers(stage, loginName, filling)]
  const moving = differing(first, second)
  return new Map([...first].filter(([name]) => !moving.includes(name)))
}

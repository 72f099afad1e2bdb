import { z } from 'zod'
import type { Endpoint } from '#contract/platform'
import { createAccount } from '#server/people'
import { sql } from '#server/platform'
import { seesOf } from '#server/policies'
import { demoPassword, type Stage } from './stage.ts'

/** What stands for the names in an address or a body: ids by the name of the parameter, numbers by theirs. */
export type Filling = Readonly<Record<string, string | number>>

export interface Reply {
  readonly status: number
  readonly body: string
  readonly bytes: Buffer
  readonly fileName: string
}

/** Asks an endpoint as one person, over HTTP, and answers the bytes as they came. */
export type Ask = (endpoint: Endpoint, filling: Filling) => Promise<Reply>

/** A sign-in of whoever holds this post at or below a unit of this name; `name` asks for one of them. */
export const signInOf = async (
  { program: { services, registry } }: Stage,
  {
    post,
    unitName,
    name,
    unpaired,
  }: { readonly post: string; readonly unitName: string; readonly name?: string; readonly unpaired?: true },
): Promise<string> =>
  services.door.asJob('importer', async (db) => {
    const holder = await db.first<{ id: string }>(sql`select a.person_id as id
      from appointments a join units u on a.scope ^@ u.path join people p on p.id = a.person_id
      where u.name = ${unitName} and a.post = ${post} and a.until_date is null and p.name = coalesce(${name ?? null}, p.name)
        and not exists (select from appointments o where o.person_id = a.person_id and o.post not in (${post}, 'teacher'))
        and not (${unpaired ?? false} and exists (select from pairings m where m.mentor_id = a.person_id and m.until_date is null))
      order by a.id limit 1`)
    if (!holder) throw new Error(`nobody is ${post} at ${unitName}`)
    const known = await db.first<{ login_name: string }>(
      sql`select login_name from accounts where person_id = ${holder.id}`,
    )
    if (known) return known.login_name
    const loginName = `${post}-${holder.id.slice(-6)}`
    const account = { personId: holder.id, loginName, password: demoPassword }
    await createAccount(db, account, seesOf(registry, services.today), services.today())
    return loginName
  })

type Shape = Readonly<Record<string, unknown>>

const isShape = (value: unknown): value is Shape => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The smallest body a schema accepts; ids are taken from the filling by the name of the member. */
const sampleOf = (shape: Shape, name: string, filling: Filling): unknown => {
  const choices = (shape.anyOf ?? shape.oneOf) as Shape[] | undefined
  if (choices) return sampleOf(choices[0] ?? {}, name, filling)
  if (shape.const !== undefined) return shape.const
  if (Array.isArray(shape.enum)) return shape.enum[0]
  const known = filling[name] ?? filling[`${name}Id`] ?? filling[name.replace(/s$/, '')]
  switch (shape.type) {
    case 'object': {
      const members = isShape(shape.properties) ? shape.properties : {}
      const needed = (shape.required as string[] | undefined) ?? []
      return Object.fromEntries(needed.map((member) => [member, sampleOf(members[member] as Shape, member, filling)]))
    }
    case 'array':
      return Array.from({ length: Number(shape.minItems ?? 0) }, () => sampleOf(shape.items as Shape, name, filling))
    case 'integer':
    case 'number':
      return typeof known === 'number' ? known : Math.max(1, Number(shape.minimum ?? 1))
    case 'boolean':
      return false
    default:
      if (shape.format === 'uuid') return known ?? filling.newId
      if (shape.pattern !== undefined || shape.format === 'date') return '2025-11-18'
      if (known !== undefined) return String(known)
      return '核实情况'.repeat(Math.max(1, Math.ceil(Number(shape.minLength ?? 1) / 4)))
  }
}

const jsonShape = (schema: z.ZodType): Shape =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as unknown as Shape

const addressOf = (endpoint: Endpoint, filling: Filling): string => {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(filling[name] ?? '1')))
  const query = sampleOf(jsonShape(endpoint.query), '', filling) as Record<string, unknown>
  const members = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
  return members.size > 0 ? `${path}?${members}` : path
}

const bodyOf = (endpoint: Endpoint, filling: Filling): { payload?: string | Buffer; 'content-type'?: string } => {
  if (endpoint.body === undefined) return {}
  if (endpoint.body === 'upload')
    return { payload: Buffer.from('name,number\n'), 'content-type': 'application/octet-stream' }
  const body = sampleOf(jsonShape(endpoint.body), '', filling)
  return { payload: JSON.stringify(body), 'content-type': 'application/json' }
}

/** Signs in and answers how this person asks. */
export const askAs = async ({ program: { app } }: Stage, loginName: string): Promise<Ask> => {
  const entered = await app.inject({
    method: 'POST',
    url: '/api/session',
    headers: { 'x-tongxing': '1' },
    payload: { loginName, password: demoPassword },
  })
  if (entered.statusCode !== 200) throw new Error(`${loginName} could not sign in: ${entered.body}`)
  const cookie = String(entered.headers['set-cookie']).split(';')[0] ?? ''
  return async (endpoint, filling) => {
    const { payload, ...type } = bodyOf(endpoint, filling)
    const send = () =>
      app.inject({
        method: endpoint.method,
        url: addressOf(endpoint, filling),
        headers: { cookie, 'x-tongxing': '1', ...type },
        ...(payload === undefined ? {} : { payload }),
      })
    let answer = await send()
    // A busy machine says so and is asked again; that is no answer to the question.
    for (let left = 20; answer.statusCode === 503 && left > 0; left--) {
      await new Promise((resolve) => setTimeout(resolve, 500))
      answer = await send()
    }
    const disposition = String(answer.headers['content-disposition'] ?? '')
    return {
      status: answer.statusCode,
      body: answer.body,
      bytes: answer.rawPayload,
      fileName: decodeURIComponent(disposition),
    }
  }
}

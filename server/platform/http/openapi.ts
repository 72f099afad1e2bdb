import { z } from 'zod'
import { type Endpoint, faultAnswer, refusalAnswer } from '#contract/platform'
import type { Served } from './served.ts'

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  }) as Record<string, unknown>
  return rest
}

const parameters = (endpoint: Endpoint): unknown[] => {
  const part = (schema: z.ZodType, place: 'path' | 'query') => {
    const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
      properties?: Record<string, unknown>
      required?: string[]
    }
    return Object.entries(properties).map(([name, schema]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema,
    }))
  }
  return [...part(endpoint.params, 'path'), ...part(endpoint.query, 'query')]
}

const requestBody = (endpoint: Endpoint): object | undefined => {
  if (endpoint.body === undefined) return undefined
  if (endpoint.body === 'upload')
    return { content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } }
  return { content: { 'application/json': { schema: jsonSchema(endpoint.body, 'input') } } }
}

const answer = (endpoint: Endpoint): object =>
  endpoint.answer === 'file'
    ? { description: '文件', content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } }
    : { description: '成功', content: { 'application/json': { schema: jsonSchema(endpoint.answer, 'output') } } }

const operation = (endpoint: Endpoint): object => ({
  operationId: endpoint.name,
  summary: endpoint.summary,
  tags: [endpoint.name.split('.')[0]],
  ...(endpoint.cites ? { description: `依据:${endpoint.cites.join('、')}` } : {}),
  parameters: parameters(endpoint),
  ...(endpoint.body === undefined ? {} : { requestBody: requestBody(endpoint) }),
  ...(endpoint.open ? { security: [] } : {}),
  responses: {
    200: answer(endpoint),
    '4XX': {
      description: '不予办理,附原因',
      content: { 'application/json': { schema: jsonSchema(refusalAnswer, 'output') } },
    },
    500: {
      description: '系统故障,附编号',
      content: { 'application/json': { schema: jsonSchema(faultAnswer, 'output') } },
    },
  },
})

/** The OpenAPI 3.1 document of everything served. */
export const openApiOf = (served: readonly Served[], version: string): object => {
  const paths: Record<string, Record<string, object>> = {}
  for (const { endpoint } of served) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: { title: '同行', version, license: { name: 'Mulan PSL v2', identifier: 'MulanPSL-2.0' } },
    security: [{ session: [] }],
    components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'tongxing_session' } } },
    paths,
  }
}

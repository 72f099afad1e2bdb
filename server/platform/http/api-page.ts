import Fastify, { type FastifyInstance } from 'fastify'

const page = '/api/docs'

const openPage = async (): Promise<FastifyInstance> => {
  const { default: apiReference } = await import('@scalar/fastify-api-reference')
  const app = Fastify()
  await app.register(apiReference, {
    routePrefix: page,
    configuration: { url: '/api/openapi.json', title: '同行 API' },
  })
  return app
}

/**
 * The page on which the API can be browsed. It brings a program of four megabytes with it, which is loaded when somebody
 * opens the page and not before.
 */
export const addApiPage = (app: FastifyInstance): void => {
  let opened: Promise<FastifyInstance> | undefined
  for (const url of [page, `${page}/*`])
    app.get(url, async (request, reply) => {
      opened ??= openPage()
      const answer = await (await opened).inject({ method: 'GET', url: request.url })
      const { 'content-type': type, location } = answer.headers
      if (type) reply.type(String(type))
      if (location) reply.header('location', location)
      return reply.status(answer.statusCode).send(answer.rawPayload)
    })
}

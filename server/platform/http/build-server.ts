import { createHmac, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import cookie from '@fastify/cookie'
import fastifyStatic from '@fastify/static'
import underPressure from '@fastify/under-pressure'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify'
import type { Logger } from 'pino'
import { type Endpoint, Refusal } from '#contract/platform'
import type { Actor } from '../actor.ts'
import { audit } from '../audit.ts'
import type { Door } from '../database/door.ts'
import { tokenHash } from '../secrets.ts'
import { type ActorMemory, changePasswordFirst, signInFirst } from '../session.ts'
import { addApiPage } from './api-page.ts'
import { closeConnections } from './close-connections.ts'
import { sendFailure } from './failures.ts'
import { openApiOf } from './openapi.ts'
import { readInput } from './read-input.ts'
import { isFile, sendAnswer, sessionCookie } from './reply.ts'
import type { Served } from './served.ts'

export interface ServerParts {
  readonly served: readonly Served[]
  readonly door: Door
  readonly memory: ActorMemory
  readonly log: Logger
  /** Folder of the built web application; without it only the API is served. */
  readonly webFolder?: string
  /** Words that stand in no file name. */
  readonly withheld?: readonly string[]
  readonly ready: () => Promise<boolean>
  readonly version: string
  /** Cookies only over TLS. */
  readonly secure: boolean
}

const nobody: Actor = {
  personId: '00000000-0000-0000-0000-000000000000',
  name: '',
  sessionHash: '',
  version: 0,
  settings: {},
  posts: [],
}

const securityHeaders = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'geolocation=(), microphone=(), camera=(self)',
  'x-robots-tag': 'noindex, nofollow',
}

const apiHeaders = { ...securityHeaders, 'cache-control': 'no-store' }

// An answer in JSON to somebody signed in is no page: it loads nothing, no frame shows it, nothing of it is indexed.
const jsonHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': securityHeaders['x-robots-tag'],
  'cache-control': 'no-store',
}

const headersFor = (request: FastifyRequest): Readonly<Record<string, string>> => {
  if ('inJson' in request.routeOptions.config) return jsonHeaders
  return request.url.startsWith('/api/') ? apiHeaders : securityHeaders
}

const notForFamilies = (): Refusal =>
  new Refusal('platform.not-for-families', '这里由学校老师使用。请回到“我的”。', 'forbidden')

const mayBeForged = (request: FastifyRequest): boolean =>
  request.method !== 'GET' && request.headers['x-tongxing'] !== '1'

// Addresses are never stored or logged: what open endpoints count by cannot be turned back and dies with the program.
const callerSalt = randomBytes(16)
const callerOf = ({ ip }: FastifyRequest): string =>
  createHmac('sha256', callerSalt).update(ip).digest('base64url').slice(0, 22)

const isRefusedAccess = (error: unknown): error is Refusal =>
  error instanceof Refusal && (error.kind === 'forbidden' || error.kind === 'not-found')

/** Builds the one server of web and API. Nothing is listened on yet. */
export const buildServer = async (parts: ServerParts): Promise<FastifyInstance> => {
  const app = Fastify({
    loggerInstance: parts.log as FastifyBaseLogger,
    bodyLimit: 1_048_576,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: 'loopback',
    routerOptions: { maxParamLength: 200 },
  })
  app.removeContentTypeParser('text/plain')
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
  await app.register(cookie)
  await app.register(underPressure, {
    maxEventLoopDelay: 2_000,
    retryAfter: 5,
    pressureHandler: () => {
      throw new Refusal('platform.busy', '系统正忙,请稍后再试。', 'unavailable')
    },
  })
  app.addHook('onRequest', (request, reply, done) => {
    if (request.url.startsWith('/api/docs')) return done()
    reply.headers(headersFor(request))
    done()
  })
  app.setErrorHandler(sendFailure)
  for (const served of parts.served) addRoute(app, parts, served)
  addHealth(app, parts)
  app.get('/api/openapi.json', async () => openApiOf(parts.served, parts.version))
  addApiPage(app)
  await addWeb(app, parts.webFolder)
  const letGo = closeConnections(app.server)
  app.addHook('preClose', async () => letGo())
  return app
}

const actorOf = (parts: ServerParts, endpoint: Endpoint, request: FastifyRequest): Promise<Actor> | Actor => {
  if (endpoint.open) return nobody
  const token = request.cookies[sessionCookie]
  if (!token) throw signInFirst()
  return parts.memory.recall(tokenHash(token))
}

const addRoute = (app: FastifyInstance, parts: ServerParts, { endpoint, handle }: Served): void => {
  const answerKind = endpoint.answer === 'file' ? 'file' : 'json'
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    config: answerKind === 'json' && !endpoint.open ? { inJson: true } : {},
    handler: async (request, reply) => {
      if (mayBeForged(request)) throw new Refusal('platform.forged', '请求来源不明,已拒绝。', 'forbidden')
      const actor = await actorOf(parts, endpoint, request)
      if (actor.mustChange && !endpoint.whileMustChange) throw changePasswordFirst()
      try {
        // Deny is the default: an endpoint that says nothing about families is for staff.
        if (actor.settings.family && !endpoint.forFamilies) throw notForFamilies()
        const input = readInput(endpoint, request)
        const asked = {
          ...input,
          actor,
          // Only open endpoints ask, and working it out costs a tenth of a request.
          get caller() {
            return callerOf(request)
          },
          upload: request.body,
        }
        const answer = await handle(asked as Parameters<Served['handle']>[0])
        insistOnName(parts, answer as object)
        return sendAnswer(reply, answer as object, answerKind, parts.secure)
      } catch (error) {
        if (isRefusedAccess(error) && actor !== nobody) await fileRefusal(parts, actor, endpoint, error)
        throw error
      }
    },
  })
}

// What a file is called is read by whoever carries it: in a lift, on a stick, in a list of downloads. [C24 G3]
const insistOnName = ({ withheld = [] }: ServerParts, answer: object): void => {
  const name = isFile(answer) ? answer.fileName : ''
  if (withheld.some((word) => name.includes(word)))
    throw new Refusal(
      'guards.withheld-at-file-name',
      '文件名里有不能让别人看到的字,没有提供;这次操作已记录。',
      'forbidden',
    )
}

// A refusal is on file even though the transaction that refused is gone.
const fileRefusal = (parts: ServerParts, actor: Actor, endpoint: Endpoint, refusal: Refusal): Promise<number> =>
  parts.door.asActor(actor, (db) =>
    audit(db, {
      actorId: actor.personId,
      action: endpoint.name,
      outcome: 'refused',
      scope: actor.settings.home_lo ?? actor.settings.at ?? '',
      detail: { code: refusal.code },
    }),
  )

const addHealth = (app: FastifyInstance, parts: ServerParts): void => {
  app.get('/health', async (_request, reply) => {
    const ready = await parts.ready()
    return reply.status(ready ? 200 : 503).send({ live: true, ready, version: parts.version })
  })
  app.get('/health/live', async () => ({ live: true }))
}

const addWeb = async (app: FastifyInstance, folder: string | undefined): Promise<void> => {
  app.setNotFoundHandler((request, reply) => {
    if (request.method !== 'GET' || request.url.startsWith('/api/') || !folder) {
      throw new Refusal('platform.no-such-place', '没有这个地址。', 'not-found')
    }
    return reply.type('text/html').header('cache-control', 'no-cache').sendFile('index.html')
  })
  if (!folder || !existsSync(join(folder, 'index.html'))) return
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: true,
    immutable: true,
    maxAge: '365d',
    setHeaders: (response, path) => {
      if (path.endsWith('index.html') || path.endsWith('sw.js')) response.header('cache-control', 'no-cache')
    },
  })
}

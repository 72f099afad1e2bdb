import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createSocketServer } from 'node:net'

/** One message another side received. */
export interface Received {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Record<string, unknown>
}

const readBody = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  const text = Buffer.concat(pieces).toString('utf8')
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
}

/**
 * A gateway for short messages and group robots that answers over real HTTP, for trying an installation and for tests.
 * `answers` are given one after another, then `{ref, errcode: 0}`; `states` answers what became of a message.
 */
export const openStubGateway = async () => {
  const received: Received[] = []
  const answers: { readonly status: number; readonly body: object }[] = []
  const states = new Map<string, string>()
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const path = request.url ?? ''
      if (request.method !== 'GET') received.push({ path, headers: request.headers, body })
      const ref = `r${received.length}`
      const asked = states.get(path.split('/').at(-1) ?? '')
      const { status, body: answer } =
        request.method === 'GET'
          ? { status: 200, body: { state: asked ?? 'under way' } }
          : (answers.shift() ?? { status: 200, body: { ref, errcode: 0 } })
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, received, answers, states, close: () => new Promise<void>((resolve) => server.close(() => resolve())) }
}

/** A mail server that takes every mail and keeps its text. */
export const openStubMail = async () => {
  const mails: string[] = []
  const server = createSocketServer((socket) => {
    let data: string | undefined
    socket.setEncoding('utf8')
    socket.write('220 stub\r\n')
    let rest = ''
    socket.on('data', (piece: string) => {
      rest += piece
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end)
        rest = rest.slice(end + 2)
        if (data !== undefined && line !== '.') data += `${line}\n`
        else if (data !== undefined) {
          mails.push(data)
          data = undefined
          socket.write('250 kept\r\n')
        } else if (/^DATA/i.test(line)) {
          data = ''
          socket.write('354 go on\r\n')
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n')
        else socket.write('250 well\r\n')
      }
    })
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

import type { FastifyReply } from 'fastify'
import type { FileAnswer, RawJson, SessionAnswer } from './served.ts'

export const sessionCookie = 'tongxing_session'

const isRaw = (answer: object): answer is RawJson => 'rawJson' in answer
/** Whether an answer is a file to be saved, not words about one. */
export const isFile = (answer: object): answer is FileAnswer => 'fileName' in answer && 'content' in answer
const isSession = (answer: object): answer is SessionAnswer<unknown> => 'session' in answer && 'answer' in answer

/** Sends what an operation answered: JSON, JSON from the database, a file, or JSON with a session cookie. */
export const sendAnswer = (
  reply: FastifyReply,
  answer: object,
  kind: 'json' | 'file',
  secure: boolean,
): FastifyReply => {
  if (kind === 'file' && isFile(answer)) {
    const disposition = answer.inline ? 'inline' : 'attachment'
    return reply
      .header('content-disposition', `${disposition}; filename*=UTF-8''${encodeURIComponent(answer.fileName)}`)
      .type(answer.mediaType)
      .send(answer.content)
  }
  if (isRaw(answer)) return reply.type('application/json; charset=utf-8').send(answer.rawJson)
  if (!isSession(answer)) return reply.send(answer)
  if (answer.session) {
    reply.setCookie(sessionCookie, answer.session.token, {
      path: '/api',
      httpOnly: true,
      sameSite: 'lax',
      secure,
      maxAge: answer.session.maxAgeSeconds,
    })
  } else {
    reply.clearCookie(sessionCookie, { path: '/api' })
  }
  return reply.send(answer.answer)
}

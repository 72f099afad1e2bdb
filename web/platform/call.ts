import type { AnswerOf, BodyInputOf, Endpoint, ParamsOf, QueryOf } from '#contract/platform'
import { unreachableError } from './failures.ts'
import { failureOf } from './failures-of-answers.ts'
import { waitForSession } from './session-lost.ts'

type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined }
type Nothing = Record<never, never>
// A key that must be given only when its shape has required members.
type Given<K extends string, T> = [T] extends [undefined]
  ? { readonly [key in K]?: undefined }
  : Nothing extends T
    ? { readonly [key in K]?: T }
    : { readonly [key in K]: T }

/** What a caller gives: path params and body as the endpoint demands, query members at will. */
export type InputOf<E> = Given<'params', ParamsOf<E>> & Given<'body', BodyInputOf<E>> & { query?: Loose<QueryOf<E>> }

export interface CallOptions {
  readonly signal?: AbortSignal
  /** `refuse`: a lost session is thrown instead of asked for (the first question of the page, background sending). */
  readonly whenSessionLost?: 'ask' | 'refuse'
}

interface AnyInput {
  readonly params?: unknown
  readonly query?: unknown
  readonly body?: unknown
}

/** The address of an endpoint with its params and query filled in. Absent members are left out. */
export const addressOf = (endpoint: Endpoint, input: AnyInput): string => {
  const params = (input.params ?? {}) as Record<string, unknown>
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name] ?? '')))
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value))
  }
  return query.size > 0 ? `${path}?${query}` : path
}

// The server refuses writes without it: a form on another site cannot set a header of its own.
const writeMark = { 'x-tongxing': '1' }

const send = async (endpoint: Endpoint, input: AnyInput, options: CallOptions): Promise<Response> => {
  const hasBody = input.body !== undefined
  const headers: Record<string, string> = {
    accept: 'application/json',
    ...(endpoint.method === 'GET' ? {} : writeMark),
    ...(hasBody ? { 'content-type': 'application/json' } : {}),
  }
  const request: RequestInit = { method: endpoint.method, headers, credentials: 'same-origin', cache: 'no-store' }
  if (hasBody) request.body = JSON.stringify(input.body)
  if (options.signal) request.signal = options.signal
  try {
    return await fetch(addressOf(endpoint, input), request)
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw unreachableError()
  }
}

/** Sends, and after a lost session waits for the person and sends once more. Throws refusals and faults. */
const sendInSession = async (endpoint: Endpoint, input: AnyInput, options: CallOptions): Promise<Response> => {
  const first = await send(endpoint, input, options)
  if (first.ok) return first
  const asks = first.status === 401 && !endpoint.open && options.whenSessionLost !== 'refuse'
  if (!asks) throw failureOf(first.status, await first.text())
  await waitForSession()
  const second = await send(endpoint, input, options)
  if (second.ok) return second
  throw failureOf(second.status, await second.text())
}

/**
 * Calls a declared endpoint and answers its JSON. Throws `RefusalError` or `FaultError`. When the session is lost the
 * call waits until the person has signed in again, so that no input is lost.
 */
export const call = async <E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  options: CallOptions = {},
): Promise<AnswerOf<E>> => {
  const response = await sendInSession(endpoint, input, options)
  const text = await response.text().catch(() => {
    throw unreachableError()
  })
  return (text === '' ? {} : JSON.parse(text)) as AnswerOf<E>
}

/** Fetches an endpoint whose answer is a file, with the name the server gave it. */
export const fetchFile = async <E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
): Promise<{ readonly content: Blob; readonly name: string | undefined }> => {
  const response = await sendInSession(endpoint, input, {})
  const content = await response.blob().catch(() => {
    throw unreachableError()
  })
  return { content, name: nameIn(response.headers.get('content-disposition')) }
}

/** Downloads a file to the person's folder. `fallbackName` is used when the server names none. */
export const download = async <E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  fallbackName = '导出',
): Promise<void> => {
  const { content, name } = await fetchFile(endpoint, input)
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name ?? fallbackName
  link.click()
  // Browsers need a moment to take the file over.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** The file name in a content-disposition header; the UTF-8 form wins over the plain one. */
export const nameIn = (disposition: string | null): string | undefined => {
  const encoded = disposition?.match(/filename\*=UTF-8''([^;]+)/i)?.[1]
  if (encoded) return decodeURIComponent(encoded)
  return disposition?.match(/filename="?([^";]+)"?/i)?.[1]
}

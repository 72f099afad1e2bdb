/** What leaves the program: fixed neutral words, and whom to tell. */
export interface Outgoing {
  /** The same for every try: the other side can tell a repeated message. */
  readonly id: string
  readonly title: string
  readonly text: string
  readonly mobile: string | undefined
  readonly mail: string | undefined
}

export interface Accepted {
  readonly ref?: string | undefined
  /** The other side says that it reached the receiver. */
  readonly delivered?: boolean
}

/** A way out. `send` throws `ChannelFailure`; `ask` says what became of what was accepted. */
export interface Channel {
  readonly send: (message: Outgoing) => Promise<Accepted>
  readonly ask?: (ref: string) => Promise<'delivered' | 'failed' | 'under way'>
}

export type ChannelName = 'sms' | 'wecom' | 'dingtalk' | 'mail'
export type Channels = Partial<Record<ChannelName, Channel>>

/** Why a try came to nothing, as a code that is stored; `final` when another try cannot help. */
export class ChannelFailure extends Error {
  readonly code: string
  readonly final: boolean
  constructor(code: string, final = false) {
    super(code)
    this.code = code
    this.final = final
  }
}

const patienceMs = 10_000

/** Posts JSON (or gets, without a body) and answers JSON. What fails by itself may be tried again, what is refused not. */
export const exchange = async (
  url: string,
  headers: Record<string, string>,
  body?: object,
): Promise<Record<string, unknown>> => {
  const response = await fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json', ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(patienceMs),
    redirect: 'error',
  }).catch((error: unknown) => {
    throw new ChannelFailure((error as Error).name === 'TimeoutError' ? 'timeout' : 'unreachable')
  })
  if (!response.ok) {
    const { status } = response
    throw new ChannelFailure(`http-${status}`, status >= 400 && status < 500 && ![408, 425, 429].includes(status))
  }
  return (await response.json().catch(() => ({}))) as Record<string, unknown>
}

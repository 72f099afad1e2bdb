import type { Client, PoolClient } from 'pg'
import { sendByDriver } from './send-by-driver.ts'
import type { Statement } from './statement.ts'
import { type Outcome, type Wire, wireOf } from './wire.ts'

type AnyClient = PoolClient | Client

interface Waiting {
  readonly statement: Statement
  readonly resolve: (outcome: Outcome) => void
  readonly reject: (error: unknown) => void
}

const outboxes = new WeakMap<Wire, Waiting[]>()

const isWhole = (statements: readonly Statement[]): boolean =>
  statements.length > 2 && statements[0]?.text === 'begin' && statements.at(-1)?.text === 'commit'

const said = (command: string): Outcome => ({ rows: [], rowCount: 0, command })

// A message is one transaction by itself: where it begins and ends one, neither need be said. Only a cluster must hear it.
const sendWhole = async (wire: Wire, statements: readonly Statement[]): Promise<readonly Outcome[]> =>
  isWhole(statements) && !statements.some(({ text }) => text.startsWith('set local'))
    ? [said('BEGIN'), ...(await wire.send(statements.slice(1, -1))), said('COMMIT')]
    : wire.send(statements)

const empty = async (wire: Wire, waiting: readonly Waiting[]): Promise<void> => {
  outboxes.delete(wire)
  try {
    const outcomes = await sendWhole(
      wire,
      waiting.map(({ statement }) => statement),
    )
    waiting.forEach(({ resolve, reject }, index) => {
      const outcome = outcomes[index]
      if (outcome) resolve(outcome)
      else reject(new Error('the server answered fewer statements than were sent'))
    })
  } catch (error) {
    for (const { reject } of waiting) reject(error)
  }
}

const byDriver = async (client: AnyClient, statement: Statement): Promise<Outcome> => {
  const { rows, rowCount, command } = await sendByDriver(client, statement)
  return { rows, rowCount: rowCount ?? 0, command }
}

/**
 * Sends a statement together with everything else this connection is given in the same turn of the event loop, as one
 * message that is answered at once; when one fails, all sent with it are told its error, for the transaction is over.
 */
export const send = (client: AnyClient, statement: Statement): Promise<Outcome> => {
  const wire = wireOf(client)
  if (!wire) return byDriver(client, statement)
  return new Promise((resolve, reject) => {
    const outbox = outboxes.get(wire)
    if (outbox) {
      outbox.push({ statement, resolve, reject })
      return
    }
    const opened = [{ statement, resolve, reject }]
    outboxes.set(wire, opened)
    process.nextTick(() => empty(wire, opened))
  })
}

import type { AnswerOf, Endpoint } from '#contract/platform'
import { addressOf, type InputOf } from './call.ts'
import { unreachableError } from './failures.ts'
import { failureOf } from './failures-of-answers.ts'
import { waitForSession } from './session-lost.ts'

type Progress = (sent: number, total: number) => void

// fetch cannot tell how much of a body has left; this older door can.
const sendFile = (address: string, method: string, file: Blob, onProgress: Progress | undefined) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, address)
    request.setRequestHeader('x-tongxing', '1')
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.onprogress = (event) => onProgress?.(event.loaded, event.total)
    request.onload = () => resolve({ status: request.status, text: request.responseText })
    request.onerror = () => reject(unreachableError())
    request.send(file)
  })

/**
 * Sends one file as the raw body of an upload endpoint; what kind of file it is the server reads from its bytes. `onProgress` gets bytes sent and total.
 * Same refusals, faults and waiting for a lost session as `call`.
 */
export const upload = async <E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  file: Blob,
  onProgress?: Progress,
): Promise<AnswerOf<E>> => {
  const address = addressOf(endpoint, input)
  let answer = await sendFile(address, endpoint.method, file, onProgress)
  if (answer.status === 401) {
    await waitForSession()
    answer = await sendFile(address, endpoint.method, file, onProgress)
  }
  if (answer.status < 200 || answer.status > 299) throw failureOf(answer.status, answer.text)
  return (answer.text === '' ? {} : JSON.parse(answer.text)) as AnswerOf<E>
}

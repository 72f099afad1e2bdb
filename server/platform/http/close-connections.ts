import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Prepares a server to be closed while browsers hold connections to it: answers the function that lets go of every one
 * that waits for no answer, and of the others as soon as theirs is given. Left to itself a connection that was answering
 * stays for another 72 seconds, and one that a browser opened ahead and never used as long as the browser likes.
 */
export const closeConnections = (server: Server): (() => void) => {
  const open = new Set<Socket>()
  const answering = new Set<Socket>()
  let closing = false
  server.on('connection', (socket) => {
    if (closing) return socket.destroy()
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  server.on('request', ({ socket }, response) => {
    answering.add(socket)
    response.once('close', () => {
      answering.delete(socket)
      // What was written is sent first.
      if (closing) socket.destroySoon()
    })
  })
  return () => {
    closing = true
    for (const socket of open) if (!answering.has(socket)) socket.destroy()
  }
}
